import './require-node.mjs'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { orRefuse, root, run } from './commands.mjs'
import { ensureInstalled } from './set-up.mjs'
import { importTypeScript } from './typescript.mjs'

const reports = path.join(root, 'reports', 'models')

await orRefuse(ensureInstalled)
const { readOptions, usage } = await importTypeScript('tests/models/options.ts')
const options = readOrRefuse()
if (options.help) console.log(usage)
else process.exitCode = await runModels()

function readOrRefuse() {
  try {
    return readOptions(process.argv.slice(2))
  } catch (error) {
    if (error.name !== 'UsageError') throw error
    console.error(error.message)
    process.exit(2)
  }
}

async function runModels() {
  for (const name of ['paths', 'races', 'coverage']) {
    rmSync(path.join(reports, `${name}.json`), { force: true })
  }
  const code = await run(
    process.execPath,
    [
      ...['node_modules/vitest/vitest.mjs', 'run', '--project=models', '--reporter=default'],
      '--maxWorkers=2',
      ...filesAsked(),
      ...(options.junit
        ? ['--reporter=junit', `--outputFile.junit=${path.join(reports, 'junit.xml')}`]
        : []),
    ],
    { LECTERN_MODELS: JSON.stringify(options) },
  )
  printTable()
  return code
}

/** The chapter is what races are about; the other machines have paths alone. */
function filesAsked() {
  if (options.replay) return ['tests/models/replay.ts']
  const files = ['tests/models/model.test.ts', 'tests/models/paths.test.ts']
  const hasRaces = options.machine === null || options.machine === 'chapter'
  return hasRaces ? [...files, 'tests/models/races/'] : files
}

function printTable() {
  const paths = read('paths')
  const races = read('races')
  if (paths?.length > 0) {
    console.table(
      Object.fromEntries(
        paths.map(({ machine, seconds, ...row }) => [
          machine,
          { ...row, seconds: rounded(seconds) },
        ]),
      ),
    )
  }
  if (races) {
    const { schedules, turns, seconds, seed } = races
    console.log(
      `${schedules} schedules of races, ${turns} turns, seed ${seed}: ${rounded(seconds)} s`,
    )
  }
  if (options.json && existsSync(path.join(reports, 'coverage.json'))) {
    console.log('reports/models/coverage.json tells how often each transition was taken.')
  }
}

function rounded(seconds) {
  return Math.round(seconds * 10) / 10
}

function read(name) {
  const file = path.join(reports, `${name}.json`)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}
