import './require-node.mjs'
import { orRefuse } from './commands.mjs'
import { ensureBuilt, ensureInstalled } from './set-up.mjs'

await orRefuse(async () => {
  await ensureInstalled()
  await ensureBuilt()
})
