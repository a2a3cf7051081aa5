import { copyFileSync } from 'node:fs'
import path from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { demoDatabase } from './scripts/demo-database.ts'
import { fetchBeforeImport } from './scripts/fetch-before-import.ts'
import { mockWorker } from './scripts/mock-worker.ts'
import { contentSecurityPolicy } from './src/server/http/security-headers.ts'

/**
 * Makes the page start the demo, with the security policy that the server would send as a header.
 */
function demoPage(): Plugin {
  let folder = ''
  return {
    name: 'demo-page',
    apply: 'build',
    configResolved: ({ root, build }) => {
      folder = path.resolve(root, build.outDir)
    },
    transformIndexHtml: {
      order: 'pre',
      handler: (html) =>
        html
          .replace('/src/client/main.tsx', '/src/demo/main.tsx')
          .replace(
            /<meta property="csp-nonce".*\/>/,
            `<meta http-equiv="content-security-policy" content="${policy}" />`,
          ),
    },
    // A static host answers unknown paths with this file; the page's router does the rest.
    writeBundle: () => copyFileSync(path.join(folder, 'index.html'), path.join(folder, '404.html')),
  }
}

const { frameAncestors: _headerOnly, ...metaPolicy } = contentSecurityPolicy
const policy = Object.entries({ ...metaPolicy, styleSrc: ["'self'", "'unsafe-inline'"] })
  .map(([directive, sources]) => `${toKebabCase(directive)} ${sources.join(' ')}`)
  .join('; ')

function toKebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

export default defineConfig({
  plugins: [react(), tailwindcss(), mockWorker(), fetchBeforeImport(), demoDatabase(), demoPage()],
  worker: { format: 'es' },
  build: {
    outDir: 'dist/demo',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2_000,
  },
})
