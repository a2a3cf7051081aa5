import { defineConfig } from 'vite'

export default defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    outDir: 'dist/server',
    emptyOutDir: true,
    target: 'node20',
    rollupOptions: {
      input: {
        main: 'src/server/main.ts',
        seed: 'src/server/seed.ts',
        'probe-worker': 'src/server/node/uploads/probe-worker.js',
      },
      // One flat folder, since paths.ts resolves the repository relative to it.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
})
