import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Plugin } from 'vite'

const fileName = 'mockServiceWorker.js'

/** Serves MSW's service worker straight from its package, and builds it in, so that no copy can fall behind it. */
export function mockWorker(): Plugin {
  const read = () => readFileSync(createRequire(import.meta.url).resolve(`msw/${fileName}`), 'utf8')
  return {
    name: 'mock-worker',
    configureServer(server) {
      server.middlewares.use(`/${fileName}`, (_request, response) => {
        response.setHeader('content-type', 'text/javascript')
        response.end(read())
      })
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName, source: read() })
    },
  }
}
