import { rmSync } from 'node:fs'
import path from 'node:path'
import { root, run } from './commands.mjs'

/** Runs vitest once and resolves with its exit code; `reports/tests/<name>.json` tells what passed. */
export function runTests(name, args, env = {}) {
  const report = path.join(root, 'reports', 'tests', `${name}.json`)
  rmSync(report, { force: true })
  return run(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...args,
    ],
    env,
  )
}
