import type { Engine, FoundEngine } from './engine.ts'
import { launchByPlaywright } from './playwright.ts'
import { launchByPuppeteer } from './puppeteer.ts'
import { launchByWebDriver } from './webdriver.ts'

const launchers = {
  playwright: launchByPlaywright,
  puppeteer: launchByPuppeteer,
  webdriver: launchByWebDriver,
}

/** Starts a browser by whatever drives it. */
export const launch = (found: FoundEngine): Promise<Engine> => launchers[found.driver](found)
