import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { runScript } from './command-line.mjs'
import { root } from './commands.mjs'
import { parseOptions, usage } from './engine-options.mjs'
import { engineTitle, ensureEngine } from './engines.mjs'
import { ensureBuilt, ensureInstalled } from './set-up.mjs'
import { runTests } from './tests.mjs'

await runScript(async () => {
  const options = parseOptions(process.argv.slice(2))
  if (options.help) console.log(usage)
  else await testEngines(options)
})

async function testEngines({ engines: names, networks }) {
  await ensureInstalled()
  await ensureBuilt()
  const engines = []
  for (const name of names) engines.push(await ensureEngine(name))
  const available = engines.filter(({ missing }) => missing === undefined)
  const code = available.length === 0 ? 1 : await runEngineTests(available, networks)
  const unavailable = engines.filter(({ missing }) => missing !== undefined)
  for (const { name, missing } of unavailable) {
    console.log(`${engineTitle(name)}: not run. ${missing}`)
  }
  // A missing engine fails the run in CI only.
  process.exitCode = code === 0 && unavailable.length > 0 && process.env.CI ? 1 : code
}

async function runEngineTests(engines, networks) {
  const code = await runTests('engines', ['--project=engines'], {
    LECTERN_ENGINES: JSON.stringify({ engines, networks }),
  })
  printTable()
  return code
}

/** Prints the report by engine and network, which are the suites around each test. */
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
