import path from 'node:path'
import type { Plugin } from 'vite'

const fetchCodeFile = path.resolve(import.meta.dirname, '../src/client/lib/fetch-code.ts')

/**
 * Makes every `import()` of the built page fetch its files first (`src/client/lib/fetch-code.ts`).
 * Vite passes each `import()` to a helper, with the files that it needs; this wraps the helper.
 */
export const fetchBeforeImport = (): Plugin => ({
  name: 'fetch-before-import',
  apply: 'build',
  transform: {
    order: 'pre',
    filter: { id: /vite\/preload-helper/ },
    handler(code) {
      const declaration = 'export const __vitePreload ='
      if (!code.includes(declaration)) this.error('Vite’s preload helper has changed its form')
      const lines = [
        `import { fetchCode } from ${JSON.stringify(fetchCodeFile)}`,
        code.replace(declaration, 'const preload ='),
        'export const __vitePreload = (load, files = [], importer) =>',
        '  fetchCode(files.map((file) => assetsURL(file, importer)))',
        '    .then(() => preload(load, files, importer))',
      ]
      return { code: lines.join('\n'), map: null }
    },
  },
})
