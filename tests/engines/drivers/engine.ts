/** The engines that browsers are made of. */
export type EngineName = 'chromium' | 'firefox' | 'webkit'

/** An engine as the command found it, and what drives it. */
export interface FoundEngine {
  name: EngineName
  driver: 'playwright' | 'puppeteer' | 'webdriver'
  /** The browser, or the program that starts it; Playwright knows where its own are. */
  executablePath: string | null
}

/** A browser that runs. */
export interface Engine {
  version: string
  openTab: () => Promise<Tab>
  close: () => Promise<void>
}

/** What the tests do in a page, with real input. It is little, so that every driver can do it. */
export interface Tab {
  open: (address: string) => Promise<void>
  /** The value of a JavaScript expression in the page, as JSON has it; a promise is waited for. */
  evaluate: (expression: string) => Promise<unknown>
  clickAt: (point: Point) => Promise<void>
  press: (key: Key) => Promise<void>
  type: (text: string) => Promise<void>
  bringToFront: () => Promise<void>
  close: () => Promise<void>
}

/** From the upper left corner of what is seen of the page, in CSS pixels. */
export interface Point {
  x: number
  y: number
}

export type Key = 'ArrowDown' | 'ArrowLeft' | 'ArrowRight' | 'Enter' | 'Escape' | 'Space'

/** Wide and high enough for twenty rows. */
export const viewport = { width: 1280, height: 1000 }
