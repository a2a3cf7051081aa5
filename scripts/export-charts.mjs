import { readCommandLine, runScript } from './command-line.mjs'
import { importTypeScript } from './commands.mjs'
import { ensureInstalled } from './set-up.mjs'

const usage = `npm run charts:export

Writes every statechart to docs/charts.`

await runScript(async () => {
  readCommandLine({ usage })
  await ensureInstalled()
  await importTypeScript('scripts/charts/export-charts.ts')
})
