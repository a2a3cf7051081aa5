import { runScript } from './command-line.mjs'
import { leaveSignalsToChild } from './commands.mjs'
import { startPostgres } from './postgres.mjs'
import { ensureInstalled } from './set-up.mjs'
import { readTestArguments, runTests } from './tests.mjs'

const summary = `npm run test:postgres -- [FILE...] [options]

Runs the server's tests on Postgres: an empty database that TEST_DATABASE_URL names, or a
temporary one.`

await runScript(async () => {
  const args = readTestArguments(summary)
  await ensureInstalled()
  const url = process.env.TEST_DATABASE_URL
  const database = url ? { url, stop: () => {} } : await startPostgres()
  leaveSignalsToChild()
  try {
    process.exitCode = await runTests('postgres', ['--project', 'server', ...args], {
      TEST_DATABASE_URL: database.url,
    })
  } finally {
    await database.stop()
  }
})
