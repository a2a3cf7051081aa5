import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ignoreMissing } from '#server/node/missing-file.ts'
import { createPage } from '#server/node/page-files.ts'
import { createFileSource } from '#server/node/stored-files.ts'

const script = 'console.log("x")\n'.repeat(100)
let folder: string

beforeAll(() => {
  const outer = mkdtempSync(path.join(tmpdir(), 'lectern-page-'))
  folder = path.join(outer, 'client')
  mkdirSync(path.join(folder, 'assets'), { recursive: true })
  writeFileSync(path.join(outer, 'secret.txt'), 'secret')
  writeFileSync(path.join(folder, 'index.html'), '<p nonce="__CSP_NONCE__" id="__CSP_NONCE__">')
  writeFileSync(path.join(folder, 'assets', 'main-abc.js'), script)
  writeFileSync(path.join(folder, 'icon.svg'), '<svg/>')
})
afterAll(() => rmSync(path.dirname(folder), { recursive: true }))

const get = (address: string, headers: Record<string, string> = {}) =>
  createPage(folder)(new Request(`http://localhost${address}`, { headers }), 'fresh')
const readHeader = (answer: Response | undefined, name: string) => answer?.headers.get(name)

test.for(['/', '/index.html', '/courses/1', '/courses/1?x=a.b'])(
  '%s is the page, with its nonce',
  async (address) => {
    const answer = await get(address)
    expect(await answer?.text()).toBe('<p nonce="fresh" id="fresh">')
    expect(readHeader(answer, 'content-type')).toBe('text/html; charset=utf-8')
    expect(readHeader(answer, 'cache-control')).toBe('no-cache')
  },
)

test('assets are cached permanently, other files are revalidated', async () => {
  const asset = await get('/assets/main-abc.js')
  expect(await asset?.text()).toBe(script)
  expect(readHeader(asset, 'cache-control')).toBe('public, max-age=31536000, immutable')
  expect(readHeader(await get('/icon.svg'), 'cache-control')).toBe('no-cache')
})

test.for([
  ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
  ['gzip;q=1.0', 'gzip', gunzipSync],
  ['br;q=0, gzip', 'gzip', gunzipSync],
] as const)(
  'assets are compressed for clients that accept %s',
  async ([accepted, encoding, decompress]) => {
    const answer = await get('/assets/main-abc.js', { 'accept-encoding': accepted })
    expect([readHeader(answer, 'content-encoding'), readHeader(answer, 'vary')]).toEqual([
      encoding,
      'accept-encoding',
    ])
    const compressed = new Uint8Array((await answer?.arrayBuffer()) ?? [])
    expect(decompress(compressed).toString()).toBe(script)
  },
)

test.for(['/assets/gone.js', '/x.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/%00.js'])(
  '%s is not found',
  async (address) => {
    expect(await get(address)).toBeUndefined()
  },
)

test('a name can’t escape its folder', async () => {
  const files = createFileSource(folder)
  expect(await files.open('../secret.txt')).toBeUndefined()
  expect(await files.open('assets')).toBeUndefined()
  const file = await files.open('icon.svg')
  expect(await new Response(file?.stream(1, 3)).text()).toBe('svg')
})

test('a missing file is not found; one that can’t be opened is an error', () => {
  const createError = (code: string) => Object.assign(new Error(code), { code })
  expect(ignoreMissing(createError('ENOENT'))).toBeUndefined()
  expect(() => ignoreMissing(createError('EMFILE'))).toThrow('EMFILE')
})
