import path from 'node:path'
import { type Plugin, runnerImport } from 'vite'

const moduleId = 'virtual:demo-database'

/**
 * Builds the demo's database, migrated and with its course, into the site. `virtual:demo-database`
 * exports the address of its compressed dump.
 */
export function demoDatabase(): Plugin {
  const file = path.resolve(import.meta.dirname, '../src/demo/dump-database.ts')
  return {
    name: 'demo-database',
    apply: 'build',
    resolveId: (id) => (id === moduleId ? `\0${moduleId}` : undefined),
    load: {
      filter: { id: new RegExp(`^\0${moduleId}$`) },
      async handler() {
        // Vite imports it, because the server's sources import the migrations as only Vite allows.
        const { module } = await runnerImport<typeof import('../src/demo/dump-database.ts')>(file, {
          configFile: false,
          logLevel: 'warn',
        })
        const reference = this.emitFile({
          type: 'asset',
          name: 'database.tar.gz',
          source: await module.dumpDatabase(),
        })
        return `export const databaseAddress = import.meta.ROLLUP_FILE_URL_${reference}`
      },
    },
  }
}
