import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { Builder, Key as Keys, Origin, type WebDriver } from 'selenium-webdriver'
import { DriverService } from 'selenium-webdriver/remote'
import {
  type Engine,
  type EngineLocation,
  type Key,
  type Modifier,
  type Point,
  type Tab,
  viewport,
} from './engine.ts'

const keys: Record<Key | Modifier, string> = {
  Alt: Keys.ALT,
  ArrowDown: Keys.ARROW_DOWN,
  ArrowLeft: Keys.ARROW_LEFT,
  ArrowRight: Keys.ARROW_RIGHT,
  ArrowUp: Keys.ARROW_UP,
  Control: Keys.CONTROL,
  Delete: Keys.DELETE,
  Enter: Keys.ENTER,
  Escape: Keys.ESCAPE,
  F2: Keys.F2,
  Shift: Keys.SHIFT,
  Space: Keys.SPACE,
  Tab: Keys.TAB,
  a: 'a',
  m: 'm',
  z: 'z',
}

/** Launches WebKitGTK's MiniBrowser with its own WebDriver, on a virtual screen. */
export async function launchWithWebDriver({ executablePath }: EngineLocation): Promise<Engine> {
  const screen = await startScreen()
  const settings = writeSettings()
  const service = new DriverService.Builder(executablePath ?? 'WebKitWebDriver')
    .setHostname('127.0.0.1')
    .setEnvironment({
      ...process.env,
      DISPLAY: screen.display,
      XDG_CONFIG_HOME: settings,
      // Without a GPU, compositing layers takes twice as long as painting the page as a whole.
      WEBKIT_DISABLE_COMPOSITING_MODE: '1',
    })
    .build()
  const driver = await new Builder()
    .usingServer(await service.start())
    .withCapabilities({ browserName: 'MiniBrowser' })
    .build()
  await driver.manage().setTimeouts({ script: 60_000 })
  const capabilities = await driver.getCapabilities()
  const windows = createWindows(driver, await driver.getWindowHandle())

  async function openTab(): Promise<Tab> {
    const handle = await windows.open()
    const within = <Result>(act: () => Promise<Result>) => windows.act(handle, act)
    const perform = (add: (actions: Actions) => Actions) =>
      within(() => add(driver.actions()).perform())
    return {
      open: (address) => within(() => driver.get(address)),
      evaluate: (expression) => within(() => evaluate(driver, expression)),
      clickAt: (point) => perform((actions) => actions.move(at(point)).click()),
      moveMouse: (to) => perform((actions) => actions.move(at(to))),
      pressMouse: () => perform((actions) => actions.press()),
      releaseMouse: () => perform((actions) => actions.release()),
      press: (key) => perform((actions) => actions.sendKeys(keys[key])),
      holdKey: (key) => perform((actions) => actions.keyDown(keys[key])),
      releaseKey: (key) => perform((actions) => actions.keyUp(keys[key])),
      type: (text) => perform((actions) => actions.sendKeys(text)),
      bringToFront: () => within(async () => {}),
      close: () => within(() => driver.close()),
    }
  }

  return {
    version: `WebKitGTK ${capabilities.getBrowserVersion()}`,
    openTab,
    async close() {
      // A broken session throws when it quits.
      try {
        await driver.quit()
      } finally {
        await service.kill()
        await screen.close()
        rmSync(settings, { recursive: true })
      }
    },
  }
}

type Actions = ReturnType<WebDriver['actions']>

const at = ({ x, y }: Point) => ({ x, y, origin: Origin.VIEWPORT, duration: 0 })

/**
 * Switches windows for actions, since a WebDriver acts in one window at a time. The first window
 * stays open, since the browser closes with its last one.
 */
function createWindows(driver: WebDriver, first: string) {
  let current = first
  return {
    async open() {
      await driver.switchTo().window(first)
      await driver.switchTo().newWindow('window')
      await driver.manage().window().setRect(viewport)
      current = await driver.getWindowHandle()
      return current
    },
    async act<Result>(handle: string, act: () => Promise<Result>): Promise<Result> {
      if (handle !== current) await driver.switchTo().window(handle)
      current = handle
      return act()
    },
  }
}

async function evaluate(driver: WebDriver, expression: string): Promise<unknown> {
  const answer: { value?: unknown; error?: string } = await driver.executeAsyncScript(
    `const done = arguments[0]
    new Promise((resolve) => resolve(${expression})).then(
      (value) => done({ value }),
      (error) => done({ error: String(error) }),
    )`,
  )
  if (answer.error !== undefined) throw new Error(answer.error)
  return answer.value
}

/**
 * Writes settings that disable animations in GTK and make WebKitGTK request reduced motion from
 * pages: without a GPU, every frame of a spinner is painted on the CPU.
 * @returns the configuration folder for GTK
 */
function writeSettings(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'lectern-gtk-'))
  for (const version of ['gtk-3.0', 'gtk-4.0']) {
    mkdirSync(path.join(folder, version))
    const file = path.join(folder, version, 'settings.ini')
    writeFileSync(file, '[Settings]\ngtk-enable-animations=0\n')
  }
  return folder
}

/** Starts a virtual screen with the first free display number. */
async function startScreen() {
  const size = `${viewport.width}x${viewport.height + 200}x24`
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', size, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const ended = once(screen, 'exit')
  const [number] = await Promise.race([
    once(screen.stdio[3] as Readable, 'data'),
    ended.then(() => Promise.reject(new Error('Xvfb exited before it had a screen'))),
  ])
  return {
    display: `:${String(number).trim()}`,
    async close() {
      screen.kill()
      await ended
    },
  }
}
