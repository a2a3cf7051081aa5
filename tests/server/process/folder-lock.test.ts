import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { lockFolder } from '#server/node/folder-lock.ts'
import { newFolder, spawnServer } from '../../support/server-process.ts'

type Lock = Awaited<ReturnType<typeof lockFolder>>

const heartbeat = { interval: 40, timeout: 400 }
const forever = { interval: 40, timeout: Number.POSITIVE_INFINITY }
const held: Lock[] = []

/** Locks a folder as a process in another container (“scope”) would. */
async function lockFrom(
  scope: string,
  folder: string,
  options: { heartbeat?: typeof heartbeat } = {},
) {
  const onLost = vi.fn()
  const identity = { name: `${scope} ${folder}`, scope }
  const lock = await lockFolder(folder, { onLost, identity, heartbeat, ...options })
  held.push(lock)
  return { lock, onLost }
}

const readLock = (folder: string) => JSON.parse(readFileSync(path.join(folder, 'lock'), 'utf8'))

/** Leaves the lock file of a killed process. */
function leaveLock(folder: string, scope: string) {
  const holder = {
    id: crypto.randomUUID(),
    scope,
    pid: 1,
    host: 'gone',
    since: new Date().toISOString(),
  }
  writeFileSync(path.join(folder, 'lock'), JSON.stringify(holder))
  return holder
}

afterEach(() => {
  for (const lock of held.splice(0)) if ('release' in lock) lock.release()
})

describe('the lock of a data folder', () => {
  test('is seen elsewhere, with its holder', async () => {
    const folder = newFolder()
    await lockFrom('here', folder)
    // The holder's thread may take long to start on a busy machine.
    const { lock } = await lockFrom('elsewhere', folder, { heartbeat: forever })
    expect(lock).toEqual({ holder: readLock(folder) })
    expect(readLock(folder)).toMatchObject({ scope: 'here', pid: process.pid, host: hostname() })
  })

  test('leaves nothing behind when released', async () => {
    const folder = newFolder()
    const { lock, onLost } = await lockFrom('here', folder)
    if ('release' in lock) lock.release()
    expect(readdirSync(folder)).toEqual([])
    expect((await lockFrom('elsewhere', folder)).lock).toHaveProperty('release')
    expect(onLost).not.toHaveBeenCalled()
  })

  test('of a process that was killed elsewhere is replaced after it misses its heartbeats', async () => {
    const folder = newFolder()
    leaveLock(folder, 'elsewhere')
    expect((await lockFrom('here', folder)).lock).toHaveProperty('release')
    expect(readLock(folder).scope).toBe('here')
    expect(readdirSync(folder)).toEqual(['lock'])
  })

  test('of a process that was killed here is replaced at once', async () => {
    const folder = newFolder()
    leaveLock(folder, 'here')
    expect((await lockFrom('here', folder, { heartbeat: forever })).lock).toHaveProperty('release')
  })

  test.for(['', '{', '{"pid":1}'])('with the content %o is replaced, too', async (text) => {
    const folder = newFolder()
    writeFileSync(path.join(folder, 'lock'), text)
    expect((await lockFrom('here', folder)).lock).toHaveProperty('release')
  })

  test('goes to one of several processes that find a dead one', async () => {
    const folder = newFolder()
    leaveLock(folder, 'gone')
    // Long enough for the thread of the winner to start on a busy machine.
    const options = { heartbeat: { ...heartbeat, timeout: 3_000 } }
    const all = await Promise.all(['a', 'b', 'c'].map((scope) => lockFrom(scope, folder, options)))
    const winners = all.filter(
      ({ lock, onLost }) => 'release' in lock && onLost.mock.calls.length === 0,
    )
    expect(winners).toHaveLength(1)
  })

  test('notifies its holder when another process took it or the folder is gone', async () => {
    const taken = newFolder()
    const loser = await lockFrom('here', taken)
    leaveLock(taken, 'elsewhere')
    await expect.poll(() => loser.onLost).toHaveBeenCalledOnce()
    if ('release' in loser.lock) loser.lock.release()
    expect(existsSync(path.join(taken, 'lock'))).toBe(true)

    const removed = newFolder()
    const other = await lockFrom('here', removed)
    rmSync(removed, { recursive: true })
    await expect.poll(() => other.onLost).toHaveBeenCalledOnce()
  })
})

let setUp: string

beforeAll(async () => {
  setUp = newFolder()
  const server = spawnServer(setUp)
  await server.address
  await server.end('SIGTERM')
})

const canUnshare = spawnSync('unshare', ['-n', 'true']).status === 0

describe.runIf(canUnshare)('a server in another network namespace', () => {
  const elsewhere = ['unshare', '-n']
  const anyAddress = { HOST: '0.0.0.0' }

  test('is refused while the first one runs, and starts once that is killed', async () => {
    const folder = newFolder(setUp)
    const first = spawnServer(folder)
    await first.address
    const { code, output } = await spawnServer(folder, anyAddress, elsewhere).exited
    expect([code, output]).toEqual([1, expect.stringContaining(`is using ${folder} (process `)])
    await first.end('SIGKILL')
    expect(await spawnServer(folder, anyAddress, elsewhere).address).toContain('0.0.0.0')
  })
})

test('a server whose folder was taken over ends at once', async () => {
  const folder = newFolder(setUp)
  const server = spawnServer(folder)
  await server.address
  leaveLock(folder, 'elsewhere')
  expect(await server.exited).toMatchObject({
    code: 1,
    output: expect.stringContaining('another Lectern took it over'),
  })
})
