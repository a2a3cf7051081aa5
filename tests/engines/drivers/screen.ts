import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { viewport } from './engine.ts'

/** Starts a screen without a monitor, under the first free number. */
export async function startScreen() {
  const size = `${viewport.width}x${viewport.height + 200}x24`
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', size, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const ended = once(screen, 'exit')
  const [number] = await Promise.race([
    once(screen.stdio[3] as Readable, 'data'),
    ended.then(() => Promise.reject(new Error('Xvfb ended before it had a screen'))),
  ])
  return {
    display: `:${String(number).trim()}`,
    async close() {
      screen.kill()
      await ended
    },
  }
}
