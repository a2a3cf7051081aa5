import { existsSync } from 'node:fs'
import { findChromium, onPath, playwrightsOwn, starts } from './browser.mjs'
import { Refusal } from './commands.mjs'
import { downloadByPlaywright, ensureBrowser, installFromDebian } from './set-up.mjs'

const firefoxes = [
  ...onPath(['firefox-esr', 'firefox']),
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
]

/** How each engine is found here, what Debian calls it, and how it is named to people. */
const engines = {
  chromium: {
    title: 'Chromium',
    find: () => found('playwright', findChromium()),
  },
  firefox: {
    title: 'Firefox',
    packages: ['firefox-esr'],
    // Playwright drives only a Firefox of its own.
    find: () => found('puppeteer', firefoxes.find(starts)) ?? byPlaywright('firefox'),
  },
  webkit: {
    title: 'WebKit',
    packages: ['webkit2gtk-driver', 'xvfb'],
    find: () => found('webdriver', webkitDriver()) ?? byPlaywright('webkit'),
  },
}

export const engineNames = Object.keys(engines)

export const engineTitle = (name) => engines[name].title

/**
 * Finds an engine, or installs it.
 * @returns its name, what drives it and where it is; or its name and, as `missing`, a sentence that says why not.
 */
export async function ensureEngine(name) {
  try {
    const engine = name === 'chromium' ? await chromium() : await findOrInstall(name)
    return { name, ...engine }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { name, missing: error.message }
  }
}

async function chromium() {
  await ensureBrowser()
  return engines.chromium.find()
}

async function findOrInstall(name) {
  const { title, packages, find } = engines[name]
  const there = find()
  if (there) return there
  console.log(`Installing ${title} for the tests …`)
  const printed = await installFromDebian(...packages)
  const installed = find()
  if (installed) return installed
  const downloaded = await downloadByPlaywright(name)
  const own = find()
  if (own) return own
  console.error(printed + downloaded)
  throw new Refusal(
    `${title} could not be installed: on Debian install ${packages.join(' and ')}, elsewhere run \`npx playwright install ${name}\`.`,
  )
}

const found = (driver, executablePath) =>
  executablePath === undefined ? undefined : { driver, executablePath }

// Not every browser of Playwright's answers when it is asked for its version.
function byPlaywright(name) {
  const own = playwrightsOwn(name)
  return own !== undefined && existsSync(own)
    ? { driver: 'playwright', executablePath: own }
    : undefined
}

function webkitDriver() {
  const [driver, screen] = ['WebKitWebDriver', 'Xvfb'].map((name) =>
    onPath([name]).find(existsSync),
  )
  return screen === undefined ? undefined : driver
}
