import path from 'node:path'
import { defineConfig } from 'vite'
import { resolve, root } from './resolve.ts'

export default defineConfig({
  root,
  publicDir: false,
  resolve,
  // These are not installed where the build looks for packages.
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
