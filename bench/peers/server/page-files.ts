import { readFileSync } from 'node:fs'
import path from 'node:path'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

/** Serves the built page from memory. */
export function openPage(folder: string): (pathname: string) => Response {
  const files = new Map<string, Buffer<ArrayBuffer>>()

  function read(name: string): Buffer<ArrayBuffer> {
    const file = files.get(name) ?? readFileSync(path.join(folder, name))
    files.set(name, file)
    return file
  }

  return (pathname) => {
    const name = pathname.endsWith('/') ? 'index.html' : pathname
    if (!/^[\w./-]+$/.test(name) || name.includes('..')) return new Response(null, { status: 404 })
    const type = types[path.extname(name)] ?? 'application/octet-stream'
    return new Response(read(name), { headers: { 'content-type': type } })
  }
}
