import puppeteer from 'puppeteer-core'
import { type Engine, type EngineLocation, type Tab, viewport } from './engine.ts'

/** Launches the machine's own Firefox, over WebDriver BiDi. */
export async function launchWithPuppeteer({ executablePath }: EngineLocation): Promise<Engine> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    ...(executablePath !== null && { executablePath }),
    defaultViewport: viewport,
  })

  async function openTab(): Promise<Tab> {
    const page = await browser.newPage()
    return {
      open: async (address) => {
        await page.goto(address)
      },
      evaluate: (expression) => page.evaluate(expression),
      clickAt: ({ x, y }) => page.mouse.click(x, y),
      moveMouse: ({ x, y }) => page.mouse.move(x, y),
      pressMouse: () => page.mouse.down(),
      releaseMouse: () => page.mouse.up(),
      // For Firefox, Puppeteer expects the space bar as a character.
      press: (key) => page.keyboard.press(key === 'Space' ? ' ' : key),
      holdKey: (key) => page.keyboard.down(key),
      releaseKey: (key) => page.keyboard.up(key),
      type: (text) => page.keyboard.type(text),
      bringToFront: () => page.bringToFront(),
      close: () => page.close(),
    }
  }

  return { version: await browser.version(), openTab, close: () => browser.close() }
}
