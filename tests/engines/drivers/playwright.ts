import { chromium, firefox, webkit } from 'playwright'
import { chromiumArgs } from '#scripts/browser.mjs'
import { type Engine, type EngineLocation, type Tab, viewport } from './engine.ts'

const browsers = { chromium, firefox, webkit }

/** Launches Chromium, or one of Playwright's own browsers if Debian's are missing. */
export async function launchWithPlaywright({
  name,
  executablePath,
}: EngineLocation): Promise<Engine> {
  const browser = await browsers[name].launch({
    ...(executablePath !== null && { executablePath }),
    args: name === 'chromium' ? chromiumArgs() : [],
  })
  const context = await browser.newContext({ viewport })

  async function openTab(): Promise<Tab> {
    const page = await context.newPage()
    return {
      open: async (address) => {
        await page.goto(address)
      },
      evaluate: (expression) => page.evaluate(expression),
      clickAt: ({ x, y }) => page.mouse.click(x, y),
      moveMouse: ({ x, y }) => page.mouse.move(x, y),
      pressMouse: () => page.mouse.down(),
      releaseMouse: () => page.mouse.up(),
      press: (key) => page.keyboard.press(key),
      holdKey: (key) => page.keyboard.down(key),
      releaseKey: (key) => page.keyboard.up(key),
      type: (text) => page.keyboard.type(text),
      bringToFront: () => page.bringToFront(),
      close: () => page.close(),
    }
  }

  return { version: browser.version(), openTab, close: () => browser.close() }
}
