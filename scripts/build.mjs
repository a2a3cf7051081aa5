import { readCommandLine, runScript } from './command-line.mjs'
import { ensureBuilt, ensureInstalled } from './set-up.mjs'

const usage = `npm run build

Builds the page and the server into dist/, unless they are up to date.`

await runScript(async () => {
  readCommandLine({ usage })
  await ensureInstalled()
  await ensureBuilt()
})
