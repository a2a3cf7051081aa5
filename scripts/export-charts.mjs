import './require-node.mjs'
import { orRefuse } from './commands.mjs'
import { ensureInstalled } from './set-up.mjs'
import { runTypeScript } from './typescript.mjs'

await orRefuse(ensureInstalled)
await runTypeScript('scripts/charts/export-charts.ts')
