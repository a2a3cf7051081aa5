import { Builder, Key as Keys, Origin, type WebDriver } from 'selenium-webdriver'
import { DriverService } from 'selenium-webdriver/remote'
import { type Engine, type FoundEngine, type Key, type Tab, viewport } from './engine.ts'
import { startScreen } from './screen.ts'

const keys: Record<Key, string> = {
  ArrowDown: Keys.ARROW_DOWN,
  ArrowLeft: Keys.ARROW_LEFT,
  ArrowRight: Keys.ARROW_RIGHT,
  Enter: Keys.ENTER,
  Escape: Keys.ESCAPE,
  Space: Keys.SPACE,
}

/** WebKitGTK, by its own WebDriver and on a screen that nobody sees. */
export async function launchByWebDriver({ executablePath }: FoundEngine): Promise<Engine> {
  const screen = await startScreen()
  const service = new DriverService.Builder(executablePath ?? 'WebKitWebDriver')
    .setHostname('127.0.0.1')
    .setEnvironment({ ...process.env, DISPLAY: screen.display })
    .build()
  const driver = await new Builder()
    .usingServer(await service.start())
    .withCapabilities({ browserName: 'MiniBrowser' })
    .build()
  await driver.manage().setTimeouts({ script: 60_000 })
  const capabilities = await driver.getCapabilities()
  const inWindow = createWindows(driver, await driver.getWindowHandle())

  async function openTab(): Promise<Tab> {
    const handle = await inWindow.open()
    const within = <Result>(act: () => Promise<Result>) => inWindow.act(handle, act)
    return {
      open: (address) => within(() => driver.get(address)),
      evaluate: (expression) => within(() => evaluate(driver, expression)),
      clickAt: ({ x, y }) =>
        within(() =>
          driver.actions().move({ x, y, origin: Origin.VIEWPORT, duration: 0 }).click().perform(),
        ),
      press: (key) => within(() => driver.actions().sendKeys(keys[key]).perform()),
      type: (text) => within(() => driver.actions().sendKeys(text).perform()),
      bringToFront: () => within(async () => {}),
      close: () => within(() => driver.close()),
    }
  }

  return {
    version: `WebKitGTK ${capabilities.getBrowserVersion()}`,
    openTab,
    async close() {
      // A session that has broken down refuses to quit.
      try {
        await driver.quit()
      } finally {
        await service.kill()
        await screen.close()
      }
    },
  }
}

/** A WebDriver acts in one window at a time. The first one stays, since the browser goes with its last. */
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
