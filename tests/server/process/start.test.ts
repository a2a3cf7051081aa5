import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { beforeAll, expect, test } from 'vitest'
import { runQuietly } from '#scripts/commands.mjs'
import { devServer, newFolder, spawnServer } from '../../support/server-process.ts'

let setUp: string

beforeAll(async () => {
  setUp = newFolder()
  const server = spawnServer(setUp)
  await server.address
  expect(await server.end('SIGINT')).toMatchObject({ code: 0 })
})

const listCourses = async (address: string) =>
  (await (await fetch(`${address}/api/courses`)).json()).courses

test('the first start creates a database with the demo, and empty folders', async () => {
  expect(readdirSync(setUp)).toEqual(['database', 'media', 'uploads'])
  const server = spawnServer(newFolder(setUp))
  expect(await listCourses(await server.address)).toEqual([
    expect.objectContaining({ title: 'Drawing from life', chapterCount: 3, videoCount: 65 }),
  ])
})

test('the server serves the page, the API, its documentation and the videos', async () => {
  const server = spawnServer(newFolder(setUp))
  const address = await server.address
  const page = await fetch(`${address}/courses/anything`)
  const [, nonce] = /'nonce-([^']+)'/.exec(page.headers.get('content-security-policy') ?? '') ?? []
  expect(await page.text()).toContain(`nonce="${nonce}"`)
  for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js', 'start.js']) {
    expect((await fetch(`${address}/api/docs/${name}`)).status).toBe(200)
  }
  const { media } = await (await fetch(`${address}/api/media?limit=200`)).json()
  for (const { id, sizeBytes } of media.slice(0, 30)) {
    const file = await fetch(`${address}/media/${id}/file`, { headers: { range: 'bytes=10-' } })
    expect([file.status, (await file.arrayBuffer()).byteLength]).toEqual([206, sizeBytes - 10])
    expect((await fetch(`${address}/media/${id}/thumbnail`)).status).toBe(200)
  }
})

test.for(['SIGINT', 'SIGTERM'] as const)(
  '%s ends the server when in-flight requests are done',
  async (signal) => {
    const server = spawnServer(newFolder(setUp), { LECTERN_FAULTS: 'latency=700' })
    const address = await server.address
    const { media } = await (await fetch(`${address}/api/media`)).json()
    const [course] = await listCourses(address)
    const { chapters } = await (await fetch(`${address}/api/courses/${course.id}`)).json()
    const answer = await fetch(`${address}/api/chapters/${chapters[0].id}/videos/batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        videos: [
          { id: crypto.randomUUID(), mediaId: media[0].id, filename: 'x.mp4', position: 'a0' },
        ],
      }),
    })
    const ended = server.end(signal)
    expect((await answer.text()).trimEnd().split('\n')).toEqual([
      expect.stringContaining('"status":201'),
      '{"done":true}',
    ])
    expect(await ended).toMatchObject({ code: 0 })
  },
)

test('a fault that cuts a connection really cuts it', async () => {
  const server = spawnServer(newFolder(setUp), { LECTERN_FAULTS: 'drop=1' })
  const address = await server.address
  const { media } = await (await fetch(`${address}/api/media`)).json()
  const [course] = await listCourses(address)
  const { chapters } = await (await fetch(`${address}/api/courses/${course.id}`)).json()
  const link = { mediaId: media[0].id, filename: 'x.mp4', position: 'a0' }
  const send = async (method: string, path: string, body: object) => {
    const answer = await fetch(`${address}/api/chapters/${chapters[0].id}/videos/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return answer.text()
  }
  const id = crypto.randomUUID()
  await expect(send('PUT', id, link)).rejects.toThrow()
  await expect(send('POST', 'batch', { videos: [{ id, ...link }] })).rejects.toThrow()
  expect((await fetch(`${address}/api/health`)).status).toBe(200)
  const { output } = await server.end('SIGTERM')
  expect(output.split('\n').filter((line) => /^LECTERN_FAULTS cut/.test(line))).toHaveLength(2)
  expect(output).not.toMatch(/^\s+at /m)
})

test('a malformed request and one for another host are answered with a problem', async () => {
  const server = spawnServer(newFolder(setUp))
  const { port } = new URL(await server.address)
  const health = (host: string) =>
    exchange(Number(port), `GET /api/health HTTP/1.1\r\nHost: ${host}`)
  const type = /^content-type: application\/problem\+json$/im
  const malformed = await health('no host')
  expect([malformed.status, type.test(malformed.head)]).toEqual([400, true])
  const foreign = await health('lectern.example')
  expect([foreign.status, type.test(foreign.head)]).toEqual([421, true])
  expect(await health(`localhost:${port}`)).toMatchObject({ status: 200 })
})

test('a request without a body needs no headers about one', async () => {
  const server = spawnServer(newFolder(setUp))
  const { port } = new URL(await server.address)
  const restore = `POST /api/videos/${crypto.randomUUID()}/restore HTTP/1.1\r\nHost: 127.0.0.1`
  expect(await exchange(Number(port), restore)).toMatchObject({ status: 404 })
})

test('a taken port is refused with a message', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const { code, output } = await spawnServer(newFolder(setUp), { PORT: `${port}` }).exited
  other.close()
  expect([code, output.trim()]).toEqual([
    1,
    `Port ${port} is in use, perhaps by another Lectern. Stop that one, or choose another port: PORT=${port + 1} npm start.`,
  ])
})

test('a second start on a data folder is refused with a message until the first has ended', async () => {
  const folder = newFolder(setUp)
  const first = spawnServer(folder)
  await first.address
  const { code, output } = await spawnServer(`${folder}/../${folder.split('/').at(-1)}`).exited
  expect([code, output.trim()]).toEqual([
    1,
    expect.stringMatching(
      `^Another Lectern is using ${folder} \\(process \\d+ on .+, since .+ UTC\\). Stop that one, or give this one its own folder: LECTERN_DATA=/another/folder.$`,
    ),
  ])
  await first.end('SIGKILL')
  const second = spawnServer(folder)
  expect((await fetch(`${await second.address}/api/health`)).status).toBe(200)
})

test('in development, too, invalid settings are refused with a message', async () => {
  const environment = { PORT: 'web', LECTERN_DATA: newFolder() }
  const { code, output } = await runQuietly(process.execPath, ['scripts/dev.mjs'], environment)
  expect([code, output.trimEnd().split('\n').at(-1)]).toEqual([
    1,
    'PORT must be a whole number from 0 to 65535, but is “web”.',
  ])
})

test('in development, too, the page and the API are served at the hosts of LECTERN_HOSTS', async () => {
  const hosts = { LECTERN_HOSTS: 'lectern.example' }
  const server = spawnServer(newFolder(setUp), hosts, [], devServer)
  const { port } = new URL(await server.address)
  const get = async (path: string, host: string) =>
    (await exchange(Number(port), `GET ${path} HTTP/1.1\r\nHost: ${host}`)).status
  expect(await get('/', 'lectern.example')).toBe(200)
  expect(await get('/api/health', 'lectern.example')).toBe(200)
  expect(await get('/', 'other.example')).toBe(403)
  await server.end('SIGTERM')
})

test('invalid settings are refused with a message', async () => {
  const { code, output } = await spawnServer(newFolder(), { PORT: 'web' }).exited
  expect([code, output.trim()]).toEqual([
    1,
    'PORT must be a whole number from 0 to 65535, but is “web”.',
  ])
})

test('an unreachable database is reported without its password', async () => {
  const { code, output } = await spawnServer(newFolder(), {
    DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/x',
  }).exited
  expect([code, output.trim()]).toEqual([
    1,
    'The database at 127.0.0.1:1 can’t be reached (ECONNREFUSED). Check DATABASE_URL, and that Postgres is running.',
  ])
})

/** Sends the head of a request verbatim and returns the head of the response. */
async function exchange(port: number, request: string) {
  const socket = connect(port, '127.0.0.1')
  socket.write(`${request}\r\nConnection: close\r\n\r\n`)
  const answer = await text(socket)
  const [head = ''] = answer.split('\r\n\r\n')
  return { status: Number(head.split(' ')[1]), head: head.replaceAll('\r', '') }
}
