/** The browser engines. */
export type EngineName = 'chromium' | 'firefox' | 'webkit'

/** Where the command found an engine, and which library drives it. */
export interface EngineLocation {
  name: EngineName
  driver: 'playwright' | 'puppeteer' | 'webdriver'
  /** The browser, or the program that starts it; null for one of Playwright's own browsers. */
  executablePath: string | null
}

/** A running browser. */
export interface Engine {
  version: string
  openTab: () => Promise<Tab>
  close: () => Promise<void>
}

/** What tests can do in a page, with real input. Every driver supports all of it. */
export interface Tab {
  open: (address: string) => Promise<void>
  /**
   * Evaluates a JavaScript expression in the page. Resolves with its JSON value, awaited if it is a
   * promise.
   */
  evaluate: (expression: string) => Promise<unknown>
  clickAt: (point: Point) => Promise<void>
  moveMouse: (to: Point) => Promise<void>
  /** Presses the main mouse button at the current point. */
  pressMouse: () => Promise<void>
  releaseMouse: () => Promise<void>
  press: (key: Key) => Promise<void>
  holdKey: (key: Modifier) => Promise<void>
  releaseKey: (key: Modifier) => Promise<void>
  type: (text: string) => Promise<void>
  bringToFront: () => Promise<void>
  close: () => Promise<void>
}

/** In CSS pixels from the upper left corner of the viewport. */
export interface Point {
  x: number
  y: number
}

export type Key =
  | ('ArrowDown' | 'ArrowLeft' | 'ArrowRight' | 'ArrowUp')
  | ('Delete' | 'Enter' | 'Escape' | 'F2' | 'Space' | 'Tab')
  | ('a' | 'm' | 'z')

export type Modifier = 'Alt' | 'Control' | 'Shift'

/** Large enough for twenty rows. */
export const viewport = { width: 1280, height: 1000 }
