import { rmSync } from 'node:fs'
import path from 'node:path'
import { readCommandLine } from './command-line.mjs'
import { root, run } from './commands.mjs'

const options = {
  bail: { type: 'string' },
  maxWorkers: { type: 'string' },
  project: { type: 'string', multiple: true },
  retry: { type: 'string' },
  testNamePattern: { type: 'string', short: 't' },
  update: { type: 'boolean', short: 'u' },
}

const optionsUsage = `  FILE                          only files whose path contains this text
  -t, --testNamePattern REGEX   only tests whose full name matches
  --project NAME                only this project of vitest.config.ts; can be repeated
  --bail N                      stop after N failures
  --retry N                     retry a failed test up to N times
  --maxWorkers N                run at most N workers
  -u, --update                  update snapshots
  --help                        this text`

/**
 * Checks this process's arguments, which are for Vitest; `--help` prints `summary` before the
 * options.
 * @returns the arguments
 */
export function readTestArguments(summary) {
  const usage = `${summary}\n\n${optionsUsage}`
  readCommandLine({ usage, options, allowPositionals: true })
  return process.argv.slice(2)
}

/** Runs Vitest once; resolves with its exit code. The report is `reports/tests/<name>.json`. */
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
