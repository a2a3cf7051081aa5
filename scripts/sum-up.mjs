// Sums up the reports of the suites named on the command line as `<suite>=<exit code>`; prints every failure
// and, last and alone, `N passed, N failed`.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './commands.mjs'

const sums = process.argv.slice(2).map((argument) => {
  const [suite, exitCode] = argument.split('=')
  return sumOf(suite, Number(exitCode))
})
const passed = sums.reduce((total, sum) => total + sum.passed, 0)
const failures = sums.flatMap((sum) => sum.failures)

if (failures.length > 0) console.log(`\nFailures\n\n${failures.join('\n\n')}`)
console.log(`\n${passed} passed, ${failures.length} failed`)
process.exitCode = failures.length === 0 && passed > 0 ? 0 : 1

function sumOf(suite, exitCode) {
  const outcomes = suite === 'check' ? checkOutcomes() : testOutcomes(suite)
  const failures = outcomes
    .filter(({ failure }) => failure !== undefined)
    .map(({ failure }) => `${suite}: ${failure}`)
  if (exitCode !== 0 && failures.length === 0) {
    failures.push(`${suite}: ended with exit code ${exitCode}; its output above says why`)
  }
  if (exitCode === 0 && outcomes.length === 0) failures.push(`${suite}: ran nothing`)
  return { passed: outcomes.filter(({ failure }) => failure === undefined).length, failures }
}

function checkOutcomes() {
  return (read('reports/check.json') ?? []).map(({ name, passed }) =>
    passed ? {} : { failure: `${name}; its output above says why` },
  )
}

function testOutcomes(suite) {
  const report = read(`reports/tests/${suite}.json`)
  return (report?.testResults ?? []).flatMap(outcomesOfFile)
}

// A file that fails as a whole, while it loads or in a hook around all its tests, fails once of its own.
function outcomesOfFile({ name, status, message, assertionResults }) {
  const file = path.relative(root, name)
  const tests = assertionResults.map((test) => outcomeOfTest(file, test))
  const explained = tests.some(({ failure }) => failure !== undefined)
  return status === 'failed' && !explained ? [...tests, { failure: `${file}\n${message}` }] : tests
}

function outcomeOfTest(file, { status, fullName, failureMessages }) {
  if (status === 'passed') return {}
  const reasons = failureMessages.map((message) => message.split('\n    at ')[0])
  return { failure: `${file} > ${fullName}: ${status}\n${reasons.join('\n')}` }
}

function read(file) {
  const absolute = path.join(root, file)
  return existsSync(absolute) ? JSON.parse(readFileSync(absolute, 'utf8')) : undefined
}
