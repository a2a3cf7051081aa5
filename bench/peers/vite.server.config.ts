import path from 'node:path'
import { defineConfig } from 'vite'
import { resolve, root } from './resolve.ts'

export default defineConfig({
  root,
  publicDir: false,
  resolve,
  // Bundle these: they are installed in bench/peers, where the built server can't find them.
  ssr: { noExternal: [/^@trpc\//, /^selfsigned$/, /^@peculiar\//, /^pkijs$/] },
  build: {
    ssr: true,
    outDir: path.join(root, 'dist/peers'),
    emptyOutDir: true,
    target: 'node20',
    rollupOptions: {
      input: {
        main: path.join(import.meta.dirname, 'server/main.ts'),
        'probe-worker': path.join(root, 'src/server/node/uploads/probe-worker.js'),
      },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
})
