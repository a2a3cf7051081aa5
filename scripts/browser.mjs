import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const executableNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const knownPaths = [
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/**
 * Finds a Chromium that runs: the one that LECTERN_CHROMIUM or CHROME_PATH names, else the
 * machine's own, else the one that Playwright downloaded.
 * @returns its path, or `undefined`
 */
export function findChromium() {
  const configured = readConfiguredChromium()
  if (configured) return canRun(configured) ? configured : undefined
  return (
    [...listOnPath(executableNames), ...knownPaths].find(canRun) ??
    [playwrightExecutable('chromium')].find(canRun)
  )
}

export const headlessShell = 'chromium-headless-shell'

/**
 * Finds the browser for the tests: Chromium's headless shell, which opens a page in half the time,
 * else Chromium itself. LECTERN_CHROMIUM and CHROME_PATH take precedence here, too.
 * @returns its path, or `undefined`
 */
export function findTestBrowser() {
  const shell = readConfiguredChromium() ? undefined : listOnPath([headlessShell]).find(canRun)
  return shell ?? findChromium()
}

/** Reads the path that the environment names, whether or not it runs. */
export function readConfiguredChromium() {
  return process.env.LECTERN_CHROMIUM || process.env.CHROME_PATH
}

// Chromium prerenders the address bar's menus for each window: a sixth of all work in the
// end-to-end tests.
const unusedFeatures = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup']

// Chromium uses only the last list, which is ours: these repeat Playwright's list for a page.
const featuresThatPlaywrightDisables = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'MediaRouter',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
]

/**
 * Flags for Chromium: no sandbox for root, which can't have one; no background traffic during a
 * test, and no work that no test needs.
 */
export function chromiumArgs() {
  const quiet = [
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    `--disable-features=${[...unusedFeatures, ...featuresThatPlaywrightDisables].join(',')}`,
  ]
  return process.getuid?.() === 0 ? ['--no-sandbox', ...quiet] : quiet
}

/** Lists the paths that programs with these names would have on the PATH. */
export const listOnPath = (names) =>
  (process.env.PATH ?? '')
    .split(path.delimiter)
    .flatMap((folder) => names.map((name) => path.join(folder, name)))

/**
 * Checks that a program runs. Ubuntu's chromium-browser may be a stub that only says how to install
 * a snap, so the program has to print its version, except on Windows, where that would open a
 * window.
 */
export function canRun(executable) {
  if (executable === undefined) return false
  try {
    accessSync(executable, constants.X_OK)
  } catch {
    return false
  }
  return process.platform === 'win32' || spawnSync(executable, ['--version']).status === 0
}

/** The path of Playwright's own browser for an engine, installed or not. */
export function playwrightExecutable(engine) {
  try {
    return createRequire(import.meta.url)('playwright')[engine].executablePath()
  } catch {
    return undefined
  }
}
