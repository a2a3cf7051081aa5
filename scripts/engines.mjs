import { existsSync } from 'node:fs'
import { canRun, findTestBrowser, listOnPath, playwrightExecutable } from './browser.mjs'
import { UserError } from './command-line.mjs'
import {
  downloadWithPlaywright,
  ensureTestBrowser,
  installUntilFound,
  installWithApt,
} from './set-up.mjs'

const firefoxPaths = [
  ...listOnPath(['firefox-esr', 'firefox']),
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
]

/** Each engine's title, how to find it, and its Debian packages. */
const engines = {
  chromium: {
    title: 'Chromium',
    find: () => withDriver('playwright', findTestBrowser()),
  },
  firefox: {
    title: 'Firefox',
    packages: ['firefox-esr'],
    // Playwright can drive only its own Firefox.
    find: () => withDriver('puppeteer', firefoxPaths.find(canRun)) ?? findPlaywright('firefox'),
  },
  webkit: {
    title: 'WebKit',
    packages: ['webkit2gtk-driver', 'xvfb'],
    find: () => withDriver('webdriver', findWebKitDriver()) ?? findPlaywright('webkit'),
  },
}

export const engineNames = Object.keys(engines)

export const engineTitle = (name) => engines[name].title

/**
 * Finds an engine, or installs it.
 * @returns its name, driver and path; or its name and, as `missing`, a sentence that says why
 */
export async function ensureEngine(name) {
  try {
    const engine = name === 'chromium' ? await ensureChromium() : await findOrInstall(name)
    return { name, ...engine }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { name, missing: error.message }
  }
}

async function ensureChromium() {
  await ensureTestBrowser()
  return engines.chromium.find()
}

async function findOrInstall(name) {
  const { title, packages, find } = engines[name]
  const found = find()
  if (found) return found
  console.log(`Installing ${title} for the tests…`)
  return installUntilFound(
    find,
    [() => installWithApt(...packages), () => downloadWithPlaywright(name)],
    `${title} could not be installed. On Debian, install ${packages.join(' and ')}; elsewhere, run \`npx playwright install ${name}\`.`,
  )
}

const withDriver = (driver, executablePath) =>
  executablePath === undefined ? undefined : { driver, executablePath }

// Some of Playwright's browsers don't print a version, so it is enough that the file exists.
function findPlaywright(name) {
  const executablePath = playwrightExecutable(name)
  return executablePath !== undefined && existsSync(executablePath)
    ? { driver: 'playwright', executablePath }
    : undefined
}

function findWebKitDriver() {
  const [driver, display] = ['WebKitWebDriver', 'Xvfb'].map((name) =>
    listOnPath([name]).find(existsSync),
  )
  return display === undefined ? undefined : driver
}
