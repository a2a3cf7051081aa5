import type { Browser, BrowserContextOptions, Page } from 'playwright'

/** Opens a page in a browser session of its own, hands it on, and closes it. */
export async function withPage<Result>(
  browser: Browser,
  use: (page: Page) => Promise<Result>,
  options: BrowserContextOptions = {},
): Promise<Result> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
  // What runs functions in the page compiles them with calls to this helper of esbuild's.
  await context.addInitScript('globalThis.__name = (named) => named')
  try {
    return await use(await context.newPage())
  } finally {
    await context.close()
  }
}
