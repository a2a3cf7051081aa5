import './require-node.mjs'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { orRefuse, root } from './commands.mjs'
import { readOptions, UsageError, usage } from './engine-options.mjs'
import { engineTitle, ensureEngine } from './engines.mjs'
import { ensureBuilt, ensureInstalled } from './set-up.mjs'
import { runTests } from './tests.mjs'

const options = readOrExit()
if (options.help) console.log(usage)
else await orRefuse(testEngines)

function readOrExit() {
  try {
    return readOptions(process.argv.slice(2))
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    console.error(error.message)
    process.exit(2)
  }
}

async function testEngines() {
  await ensureInstalled()
  await ensureBuilt()
  const engines = []
  for (const name of options.engines) engines.push(await ensureEngine(name))
  const there = engines.filter(({ missing }) => missing === undefined)
  const code = there.length === 0 ? 1 : await runIn(there)
  const missing = engines.filter((engine) => !there.includes(engine))
  for (const { name, missing: reason } of missing) {
    console.log(`${engineTitle(name)}: not run. ${reason}`)
  }
  // Elsewhere than in CI, what could be run decides.
  process.exitCode = code === 0 && missing.length > 0 && process.env.CI ? 1 : code
}

async function runIn(engines) {
  const code = await runTests('engines', ['--project=engines'], {
    LECTERN_ENGINES: JSON.stringify({ engines, networks: options.networks }),
  })
  printTable()
  return code
}

/** What stands in the report: the suites of a test are its engine and its network. */
function printTable() {
  const file = path.join(root, 'reports', 'tests', 'engines.json')
  if (!existsSync(file)) return
  const { testResults } = JSON.parse(readFileSync(file, 'utf8'))
  const rows = {}
  for (const test of testResults.flatMap(({ assertionResults }) => assertionResults)) {
    const [engine, network] = test.ancestorTitles
    rows[`${engine}, ${network}`] ??= {
      version: test.meta.version,
      passed: 0,
      failed: 0,
      seconds: 0,
    }
    const row = rows[`${engine}, ${network}`]
    row[test.status === 'passed' ? 'passed' : 'failed'] += 1
    row.seconds = Math.round(row.seconds * 10 + (test.duration ?? 0) / 100) / 10
  }
  console.table(rows)
}
