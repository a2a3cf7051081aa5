import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { runScript } from './command-line.mjs'
import { importTypeScript, root, run } from './commands.mjs'
import { ensureInstalled } from './set-up.mjs'

const reports = path.join(root, 'reports', 'models')

await runScript(async () => {
  await ensureInstalled()
  const { parseOptions, usage } = await importTypeScript('tests/models/options.ts')
  const options = parseOptions(process.argv.slice(2))
  if (options.help) console.log(usage)
  else process.exitCode = await runModels(options)
})

async function runModels(options) {
  for (const name of ['paths', 'races', 'coverage']) {
    rmSync(path.join(reports, `${name}.json`), { force: true })
  }
  const code = await run(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--project=models',
      '--reporter=default',
      '--maxWorkers=2',
      ...selectFiles(options),
      ...(options.junit
        ? ['--reporter=junit', `--outputFile.junit=${path.join(reports, 'junit.xml')}`]
        : []),
    ],
    { LECTERN_MODELS: JSON.stringify(options) },
  )
  printTable(options)
  return code
}

/** Only the chapter has tests of races; the other machines have tests of paths only. */
function selectFiles({ replay, machine }) {
  if (replay) return ['tests/models/replay.ts']
  const files = ['tests/models/model.test.ts', 'tests/models/paths.test.ts']
  const hasRaces = machine === null || machine === 'chapter'
  return hasRaces ? [...files, 'tests/models/races/'] : files
}

function printTable({ json }) {
  const paths = readReport('paths')
  const races = readReport('races')
  if (paths?.length > 0) {
    console.table(
      Object.fromEntries(
        paths.map(({ machine, seconds, ...row }) => [machine, { ...row, seconds: round(seconds) }]),
      ),
    )
  }
  if (races) {
    const { schedules, turns, seconds, seed } = races
    console.log(
      `${schedules} schedules of races, ${turns} turns, seed ${seed}: ${round(seconds)} s`,
    )
  }
  if (json && existsSync(path.join(reports, 'coverage.json'))) {
    console.log('reports/models/coverage.json counts how often each transition was taken.')
  }
}

function round(seconds) {
  return Math.round(seconds * 10) / 10
}

function readReport(name) {
  const file = path.join(reports, `${name}.json`)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}
