import './require-node.mjs'
import { orRefuse, outliveSignals } from './commands.mjs'
import { startPostgres } from './postgres.mjs'
import { ensureInstalled } from './set-up.mjs'
import { runTests } from './tests.mjs'

await orRefuse(async () => {
  await ensureInstalled()
  const given = process.env.TEST_DATABASE_URL
  const database = given ? { url: given, stop: () => {} } : await startPostgres()
  outliveSignals()
  try {
    process.exitCode = await runTests(
      'postgres',
      ['--project', 'server', ...process.argv.slice(2)],
      { TEST_DATABASE_URL: database.url },
    )
  } finally {
    await database.stop()
  }
})
