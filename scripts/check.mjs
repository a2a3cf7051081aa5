import './require-node.mjs'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { orRefuse, root, runQuietly, scriptOf } from './commands.mjs'
import { ensureInstalled } from './set-up.mjs'

const checks = [
  {
    name: 'format and lint',
    script: ['@biomejs/biome', 'biome'],
    args: ['check', '--error-on-warnings', '.'],
  },
  { name: 'types', script: ['typescript', 'tsc'], args: ['-p', '.'] },
  { name: 'boundaries', script: ['dependency-cruiser', 'depcruise'], args: ['.'] },
  { name: 'dead code', script: ['knip', 'knip'], args: [] },
]

await orRefuse(ensureInstalled)
const results = await Promise.all(checks.map(runCheck))
for (const { passed, output } of results) if (!passed) console.log(output)
for (const { name, passed, seconds } of results) {
  console.log(`${passed ? '✓' : '✗'} ${name} (${seconds.toFixed(1)} s)`)
}
writeReport(results)
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1

async function runCheck({ name, script, args }) {
  const begun = performance.now()
  const { code, output } = await runQuietly(process.execPath, [scriptOf(...script), ...args])
  return { name, passed: code === 0, output, seconds: (performance.now() - begun) / 1000 }
}

function writeReport(content) {
  const folder = path.join(root, 'reports')
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'check.json'), JSON.stringify(content, null, 2))
}
