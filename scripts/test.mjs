import { runScript } from './command-line.mjs'
import { ensureBuilt, ensureInstalled, ensureTestBrowser } from './set-up.mjs'
import { readTestArguments, runTests } from './tests.mjs'

const summary = `npm test -- [FILE...] [options]

Installs what is missing, builds what is out of date, and runs every test, or some of them.`

await runScript(async () => {
  const args = readTestArguments(summary)
  await ensureInstalled()
  await ensureBuilt()
  const LECTERN_CHROMIUM = await ensureTestBrowser()
  process.exitCode = await runTests('all', args, { LECTERN_CHROMIUM })
})
