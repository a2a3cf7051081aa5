import { runScript } from './command-line.mjs'
import { leaveSignalsToChild } from './commands.mjs'
import { startPostgres } from './postgres.mjs'
import { ensureBuilt, ensureInstalled, ensureTestBrowser } from './set-up.mjs'
import { readTestArguments, runTests } from './tests.mjs'

const summary = `npm run test:postgres -- [FILE...] [options]

Runs the server's tests on Postgres, and those of pages on two servers, one of which is killed. Uses
the empty database that TEST_DATABASE_URL names, or a temporary one.`

await runScript(async () => {
  const args = readTestArguments(summary)
  await ensureInstalled()
  await ensureBuilt()
  const LECTERN_CHROMIUM = await ensureTestBrowser()
  const url = process.env.TEST_DATABASE_URL
  const database = url ? { url, stop: () => {} } : await startPostgres()
  leaveSignalsToChild()
  try {
    const projects = ['server', 'postgres'].flatMap((name) => ['--project', name])
    process.exitCode = await runTests('postgres', [...projects, ...args], {
      TEST_DATABASE_URL: database.url,
      LECTERN_CHROMIUM,
    })
  } finally {
    await database.stop()
  }
})
