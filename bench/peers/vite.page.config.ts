import path from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { resolve, root } from './resolve.ts'

export default defineConfig({
  root: path.join(import.meta.dirname, 'page'),
  plugins: [react()],
  resolve,
  build: {
    outDir: path.join(root, 'dist/peers/page'),
    emptyOutDir: true,
    // Lectern's code uses the page's base for the server's, so the files get a folder instead.
    assetsDir: 'peers',
  },
})
