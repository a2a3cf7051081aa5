import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { fetchBeforeImport } from './scripts/fetch-before-import.ts'
import { serviceWorker } from './scripts/service-worker.ts'

// Left to itself, the bundler makes a file of whatever two parts of the page have in common, which
// is forty small files before the first row. Here what every page needs is one file, and what the
// later parts have in common is a few.
const groups = [
  { name: 'initial', tags: ['$initial' as const], priority: 1 },
  { name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 64 * 1024 },
]

export default defineConfig({
  plugins: [react(), tailwindcss(), fetchBeforeImport(), serviceWorker()],
  build: {
    outDir: 'dist/client',
    emptyOutDir: true,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: { groups },
        // A group's name lists all parts that use it.
        chunkFileNames: ({ name }) => `assets/${name.replace(/~.*/, '')}-[hash].js`,
      },
    },
  },
})
