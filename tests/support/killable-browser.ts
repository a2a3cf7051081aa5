import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { type BrowserContext, chromium } from 'playwright'
import { chromiumArgs, findTestBrowser } from '#scripts/browser.mjs'

/** A browser whose profile outlives it. */
export interface KillableBrowser {
  context: BrowserContext
  /** Kills all its processes at once, like a power failure. */
  kill: () => Promise<void>
}

/**
 * Starts Chromium with a profile, in a process that can be killed.
 * @param profile a folder
 * @throws {Error} if it exits before it listens
 */
export async function startKillableBrowser(profile: string): Promise<KillableBrowser> {
  const browser = spawn(
    findTestBrowser() ?? chromium.executablePath(),
    [
      ...chromiumArgs(),
      '--headless=new',
      '--no-first-run',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  )
  const ended = once(browser, 'exit')
  const connection = await chromium.connectOverCDP(await readEndpoint(browser.stderr))
  const [context] = connection.contexts()
  if (!context) throw new Error('The browser has no profile')
  return {
    context,
    async kill() {
      // `detached` made it a process group.
      process.kill(-(browser.pid ?? 0), 'SIGKILL')
      await ended
      await connection.close()
    },
  }
}

async function readEndpoint(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface(output)) {
    const found = /^DevTools listening on (ws:\S+)/.exec(line)
    if (found?.[1]) return found[1]
  }
  throw new Error('Chromium exited before it listened')
}
