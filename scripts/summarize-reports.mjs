import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { readCommandLine, runScript, UsageError } from './command-line.mjs'
import { root } from './commands.mjs'

const usage = `node scripts/summarize-reports.mjs SUITE=EXIT_CODE...

Summarizes the reports of suites, such as all=0 check=1: prints every failure and, on the last line,
the numbers of passed and failed tests.`

await runScript(() => {
  const { positionals } = readCommandLine({ usage, allowPositionals: true })
  const summaries = positionals.map(parseSuite).map(summarize)
  const passed = summaries.reduce((total, summary) => total + summary.passed, 0)
  const failures = summaries.flatMap((summary) => summary.failures)

  if (failures.length > 0) console.log(`\nFailures\n\n${failures.join('\n\n')}`)
  console.log(`\n${passed} passed, ${failures.length} failed`)
  process.exitCode = failures.length === 0 && passed > 0 ? 0 : 1
})

function parseSuite(argument) {
  const [, suite, exitCode] = /^([\w-]+)=(\d+)$/.exec(argument) ?? []
  if (suite === undefined) {
    throw new UsageError(`“${argument}” is not SUITE=EXIT_CODE, such as all=0. See --help.`)
  }
  return { suite, exitCode: Number(exitCode) }
}

function summarize({ suite, exitCode }) {
  const outcomes = suite === 'check' ? readCheckOutcomes() : readTestOutcomes(suite)
  const failures = outcomes
    .filter(({ failure }) => failure !== undefined)
    .map(({ failure }) => `${suite}: ${failure}`)
  if (exitCode !== 0 && failures.length === 0) {
    failures.push(`${suite}: exited with code ${exitCode}; see its output above`)
  }
  if (exitCode === 0 && outcomes.length === 0) failures.push(`${suite}: no tests ran`)
  return { passed: outcomes.filter(({ failure }) => failure === undefined).length, failures }
}

function readCheckOutcomes() {
  return (readReport('reports/check.json') ?? []).map(({ name, passed }) =>
    passed ? {} : { failure: `${name}; see its output above` },
  )
}

function readTestOutcomes(suite) {
  const report = readReport(`reports/tests/${suite}.json`)
  return (report?.testResults ?? []).flatMap(listFileOutcomes)
}

// A file that fails outside its tests, while it loads or in a hook, counts as one failure.
function listFileOutcomes({ name, status, message, assertionResults }) {
  const file = path.relative(root, name)
  const tests = assertionResults.map((test) => toOutcome(file, test))
  const hasFailedTest = tests.some(({ failure }) => failure !== undefined)
  return status === 'failed' && !hasFailedTest
    ? [...tests, { failure: `${file}\n${message}` }]
    : tests
}

function toOutcome(file, { status, fullName, failureMessages }) {
  if (status === 'passed') return {}
  const reasons = failureMessages.map((message) => message.split('\n    at ')[0])
  return { failure: `${file} > ${fullName}: ${status}\n${reasons.join('\n')}` }
}

function readReport(file) {
  const absolute = path.join(root, file)
  return existsSync(absolute) ? JSON.parse(readFileSync(absolute, 'utf8')) : undefined
}
