import './require-node.mjs'
import { orRefuse } from './commands.mjs'
import { ensureBrowser, ensureBuilt, ensureInstalled } from './set-up.mjs'
import { runTypeScript } from './typescript.mjs'

await orRefuse(async () => {
  await ensureInstalled()
  await ensureBuilt()
  process.env.LECTERN_CHROMIUM = await ensureBrowser()
})
await runTypeScript('bench/run.ts')
