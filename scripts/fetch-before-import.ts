import path from 'node:path'
import type { Plugin, ResolveModulePreloadDependenciesFn } from 'vite'

const fetchCodeFile = path.resolve(import.meta.dirname, '../src/client/lib/fetch-code.ts')

const declaration = 'export const __vitePreload ='

/** Vite passes no files for a chunk without dependencies, although the chunk is one. */
const listFiles: ResolveModulePreloadDependenciesFn = (file, dependencies, { hostType }) =>
  hostType === 'html' || dependencies.includes(file) ? dependencies : [file, ...dependencies]

/**
 * Makes every `import()` of the built page fetch its files first (`src/client/lib/fetch-code.ts`).
 * Vite passes each `import()` to a helper, with the files that it needs; this wraps the helper.
 */
export function fetchBeforeImport(): Plugin {
  let isWrapped = false
  return {
    name: 'fetch-before-import',
    apply: 'build',
    config: () => ({ build: { modulePreload: { resolveDependencies: listFiles } } }),
    transform: {
      order: 'pre',
      filter: { id: /vite\/preload-helper/ },
      handler(code) {
        isWrapped = code.includes(declaration)
        const lines = [
          `import { importCode } from ${JSON.stringify(fetchCodeFile)}`,
          code.replace(declaration, 'const preload ='),
          'export const __vitePreload = (load, files = [], importer) =>',
          '  importCode(files.map((file) => assetsURL(file, importer)), () =>',
          '    preload(load, files, importer),',
          '  )',
        ]
        return isWrapped ? { code: lines.join('\n'), map: null } : undefined
      },
    },
    buildEnd(error) {
      if (error || isWrapped) return
      this.error('Vite’s helper for import() has changed: adapt scripts/fetch-before-import.ts.')
    },
  }
}
