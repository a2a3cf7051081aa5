import './require-node.mjs'
import { orRefuse } from './commands.mjs'
import { ensureBrowser, ensureBuilt, ensureInstalled } from './set-up.mjs'
import { runTests } from './tests.mjs'

await orRefuse(async () => {
  await ensureInstalled()
  await ensureBuilt()
  const LECTERN_CHROMIUM = await ensureBrowser()
  process.exitCode = await runTests('all', process.argv.slice(2), { LECTERN_CHROMIUM })
})
