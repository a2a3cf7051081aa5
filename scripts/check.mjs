import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { readCommandLine, runScript } from './command-line.mjs'
import { root, runQuietly } from './commands.mjs'
import { ensureInstalled } from './set-up.mjs'

const usage = `npm run check

Checks format, lint, types, boundaries, charts, dead code, the lock file and whether the planted
bugs apply, all in parallel. The types of bench/peers are checked if its packages are installed.`

const checks = {
  'format and lint': [
    'node_modules/@biomejs/biome/bin/biome',
    'check',
    '--error-on-warnings',
    '--max-diagnostics=100',
  ],
  types: ['node_modules/typescript/bin/tsc', '-p', '.'],
  boundaries: [
    'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
    '--config=.dependency-cruiser.mjs',
    '.',
  ],
  charts: ['--import=tsx', 'scripts/charts/check-charts.ts'],
  'charts in Stately': ['--import=tsx', 'scripts/charts/check-stately.ts'],
  'dead code': ['node_modules/knip/bin/knip.js'],
  'lock file': ['scripts/complete-lock-file.mjs', '--check'],
}

// `npm run bench -- peers` installs what these need.
if (existsSync(path.join(root, 'bench/peers/node_modules'))) {
  checks['types of bench/peers'] = ['node_modules/typescript/bin/tsc', '-p', 'bench/peers']
}

const patches = 'tests/models/planted-bugs'

await runScript(async () => {
  readCommandLine({ usage })
  await ensureInstalled()
  const results = await Promise.all([
    ...Object.entries(checks).map(([name, args]) => runCheck(name, process.execPath, args)),
    runCheck('planted bugs', 'git', ['apply', '--check', '-p1', ...findPatches()]),
  ])
  for (const { name, passed, output } of results) {
    if (!passed) console.log(`\n-- ${name}\n${output}`)
  }
  for (const { name, passed, seconds } of results) {
    console.log(`${passed ? '✓' : '✗'} ${name} (${seconds.toFixed(1)} s)`)
  }
  writeReport(results)
  process.exitCode = results.every(({ passed }) => passed) ? 0 : 1
})

function findPatches() {
  const files = readdirSync(path.join(root, patches)).filter((file) => file.endsWith('.patch'))
  return files.map((file) => path.join(patches, file))
}

async function runCheck(name, command, args) {
  const startedAt = performance.now()
  const { code, output } = await runQuietly(command, args)
  return { name, passed: code === 0, output, seconds: (performance.now() - startedAt) / 1000 }
}

function writeReport(results) {
  const folder = path.join(root, 'reports')
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'check.json'), JSON.stringify(results, null, 2))
}
