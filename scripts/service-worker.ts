import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { build, type Plugin } from 'vite'

const offline = path.resolve(import.meta.dirname, '../src/client/offline')

/** Builds the service worker, which caches the page's files, and makes the page register it. */
export function serviceWorker(): Plugin {
  let root = ''
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved: (config) => {
      root = config.root
    },
    transformIndexHtml: {
      order: 'pre',
      handler: () => [
        {
          tag: 'script',
          attrs: { type: 'module', src: `/${path.relative(root, offline)}/register.ts` },
          injectTo: 'head',
        },
      ],
    },
    async writeBundle({ dir = '' }) {
      await build({
        root,
        configFile: false,
        logLevel: 'warn',
        define: { __FILES__: JSON.stringify(listFiles(dir)) },
        build: {
          outDir: dir,
          emptyOutDir: false,
          copyPublicDir: false,
          rolldownOptions: {
            input: path.join(offline, 'service-worker.ts'),
            output: { format: 'iife', entryFileNames: 'service-worker.js' },
          },
        },
      })
    },
  }
}

/** Lists the built files as Workbox expects them: a name with a hash needs no revision. */
const listFiles = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name))
    .sort()
    .map((file) => {
      const url = `/${path.relative(folder, file).split(path.sep).join('/')}`
      return { url, revision: url.startsWith('/assets/') ? null : hashFile(file) }
    })

const hashFile = (file: string) =>
  createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16)
