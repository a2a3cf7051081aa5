import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Page } from '../dependencies.ts'
import { ignoreMissing } from './missing-file.ts'

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}
const compressible = new Set(['.css', '.html', '.js', '.json', '.svg', '.txt', '.webmanifest'])
const immutable = 'public, max-age=31536000, immutable'
const noncePlaceholder = /__CSP_NONCE__/g
const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }
const encoders = {
  br: (bytes: Buffer) => promisify(brotliCompress)(bytes, quality),
  gzip: promisify<Buffer, Buffer>(gzip),
}

/** Serves the page that Vite built into `folder`; paths without a file get the page itself. */
export function createPage(folder: string): Page {
  const encodedFiles = new Map<string, Promise<Buffer>>()

  async function readPageFile(pathname: string): Promise<Buffer | undefined> {
    const file = path.join(folder, pathname)
    if (!file.startsWith(folder + path.sep) || !path.extname(file)) return undefined
    return readFile(file).catch(ignoreMissing)
  }

  function encode(pathname: string, bytes: Buffer, encoding: keyof typeof encoders) {
    const key = `${encoding} ${pathname}`
    const encoded = encodedFiles.get(key) ?? encoders[encoding](bytes)
    encodedFiles.set(key, encoded)
    return encoded
  }

  async function assetResponse(request: Request, pathname: string, bytes: Buffer) {
    const extension = path.extname(pathname)
    const headers = new Headers({
      'content-type': types[extension] ?? 'application/octet-stream',
      'cache-control': pathname.startsWith('/assets/') ? immutable : 'no-cache',
    })
    if (!compressible.has(extension)) return new Response(new Uint8Array(bytes), { headers })
    headers.set('vary', 'accept-encoding')
    const encoding = chooseEncoding(request.headers.get('accept-encoding') ?? '')
    if (encoding) headers.set('content-encoding', encoding)
    const body = encoding ? await encode(pathname, bytes, encoding) : bytes
    return new Response(new Uint8Array(body), { headers })
  }

  async function page(nonce: string) {
    const html = await readPageFile('/index.html')
    return html && htmlResponse(html.toString().replace(noncePlaceholder, nonce))
  }

  return async (request, nonce) => {
    const pathname = path.posix.normalize(decodePathname(request))
    if (pathname === '/index.html') return page(nonce)
    const bytes = await readPageFile(pathname)
    if (bytes) return assetResponse(request, pathname, bytes)
    return path.extname(pathname) ? undefined : page(nonce)
  }
}

const htmlResponse = (html: string) =>
  new Response(html, {
    headers: { 'content-type': types['.html'] ?? '', 'cache-control': 'no-cache' },
  })

function decodePathname({ url }: Request): string {
  try {
    return decodeURIComponent(new URL(url).pathname)
  } catch {
    return '/'
  }
}

function chooseEncoding(accepted: string): keyof typeof encoders | undefined {
  const entries = accepted.split(',').map((entry) => entry.trim().toLowerCase())
  const accepts = (name: string) =>
    entries.some(
      (entry) => entry === name || (entry.startsWith(`${name};`) && !/q=0(\.0*)?$/.test(entry)),
    )
  if (accepts('br')) return 'br'
  return accepts('gzip') ? 'gzip' : undefined
}
