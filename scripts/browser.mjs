import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const usualNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const usualPaths = [
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/**
 * The path of a Chromium that starts, or `undefined`: the one that LECTERN_CHROMIUM or CHROME_PATH names,
 * else the machine's own, else the one that Playwright downloaded.
 */
export function findChromium() {
  const named = namedChromium()
  if (named) return starts(named) ? named : undefined
  return (
    [...onPath(usualNames), ...usualPaths].find(starts) ?? [playwrightsOwn('chromium')].find(starts)
  )
}

/** The path that the environment asks for, whether or not something starts there. */
export function namedChromium() {
  return process.env.LECTERN_CHROMIUM || process.env.CHROME_PATH
}

/** What Chromium must be told to run here: root has no sandbox, and nothing may call home during a test. */
export function chromiumArgs() {
  const quiet = ['--disable-quic', '--disable-background-networking', '--disable-component-update']
  return process.getuid?.() === 0 ? ['--no-sandbox', ...quiet] : quiet
}

/** Where programs of these names would be. */
export const onPath = (names) =>
  (process.env.PATH ?? '')
    .split(path.delimiter)
    .flatMap((folder) => names.map((name) => path.join(folder, name)))

// Ubuntu's chromium-browser may be a stub that only says how to install a snap, so each is asked to answer.
// On Windows the question would open a window.
/** Tells whether there is a program that answers. */
export function starts(candidate) {
  if (candidate === undefined) return false
  try {
    accessSync(candidate, constants.X_OK)
  } catch {
    return false
  }
  return process.platform === 'win32' || spawnSync(candidate, ['--version']).status === 0
}

/** Where Playwright's own browser of an engine is, or would be. */
export function playwrightsOwn(engine) {
  try {
    return createRequire(import.meta.url)('playwright')[engine].executablePath()
  } catch {
    return undefined
  }
}
