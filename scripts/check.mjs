import './require-node.mjs'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { orRefuse, root, runQuietly } from './commands.mjs'
import { ensureInstalled } from './set-up.mjs'

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
  charts: ['scripts/check-charts.mjs'],
  'charts in Stately': ['scripts/check-stately.mjs'],
  'dead code': ['node_modules/knip/bin/knip.js'],
  'lock file': ['scripts/complete-lock-file.mjs', '--check'],
}

await orRefuse(ensureInstalled)
const results = await Promise.all(Object.entries(checks).map(runCheck))
for (const { name, passed, output } of results) if (!passed) console.log(`\n-- ${name}\n${output}`)
for (const { name, passed, seconds } of results) {
  console.log(`${passed ? '✓' : '✗'} ${name} (${seconds.toFixed(1)} s)`)
}
writeReport(results)
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1

async function runCheck([name, command]) {
  const begun = performance.now()
  const { code, output } = await runQuietly(process.execPath, command)
  return { name, passed: code === 0, output, seconds: (performance.now() - begun) / 1000 }
}

function writeReport(content) {
  const folder = path.join(root, 'reports')
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'check.json'), JSON.stringify(content, null, 2))
}
