import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { fetchBeforeImport } from './scripts/fetch-before-import.ts'

export default defineConfig({
  plugins: [react(), tailwindcss(), fetchBeforeImport()],
  build: { outDir: 'dist/client', emptyOutDir: true },
})
