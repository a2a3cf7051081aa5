import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readChart } from '#charts/read-chart.ts'
import { UsageError } from '#scripts/command-line.mjs'
import { models } from './models.ts'
import { parseOptions, readTrace } from './options.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'lectern-traces-'))
afterAll(() => rmSync(folder, { recursive: true }))

function writeTraceFile(name: string, content: unknown): string {
  const file = path.join(folder, name)
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

const { fingerprint } = readChart(models.video.machine)
const trace = { version: 2, machine: 'video', hash: fingerprint, seed: 1, input: null, steps: [] }
const current = writeTraceFile('current.json', trace)
const older = writeTraceFile('older.json', { ...trace, hash: '0123456789abcdef' })
const unknownMachine = writeTraceFile('strange.json', { ...trace, machine: 'kettle' })
const broken = writeTraceFile('broken.json', '{')

test('without options, everything runs', () => {
  expect(parseOptions([])).toEqual({
    machine: null,
    criterion: { kind: 'pairs' },
    runs: 2_000,
    seed: 1,
    replay: null,
    json: false,
    junit: false,
    help: false,
  })
})

test('options are parsed', () => {
  const args = ['--machine=video', '--criterion=walk:200', '--runs=100000', '--seed=7', '--json']
  expect(parseOptions([...args, '--junit', '--replay', current])).toEqual({
    machine: 'video',
    criterion: { kind: 'walk', length: 200 },
    runs: 100_000,
    seed: 7,
    replay: current,
    json: true,
    junit: true,
    help: false,
  })
})

const machines = 'Available: video, chapter, authoring, upload, uploads.'

test.for([
  [['--machine=kettle'], `Unknown machine kettle. ${machines}`],
  [['--criterion=all'], 'Unknown criterion all. Available: states, transitions, pairs and walk:N.'],
  [['--criterion=walk:0'], /^Unknown criterion walk:0\. Available: /],
  [['--runs=0'], '--runs takes a whole number of at least 1, not 0.'],
  [['--seed=x'], '--seed takes a whole number of at least 0, not x.'],
  [['--replay=none.json'], 'The trace file none.json does not exist.'],
  [['--replay', broken], `${broken} is not a trace of the model tests.`],
  [['--replay', unknownMachine], `Unknown machine kettle. ${machines}`],
  [
    ['--replay', older],
    `${older} is from another version of the machine video: 0123456789abcdef, but the current one is ${fingerprint}.`,
  ],
  [['--fast'], "Unknown option '--fast'. See --help."],
] as const)('%j is rejected with a message', ([args, message]) => {
  const parse = () => parseOptions([...args])
  expect(parse).toThrow(UsageError)
  expect(parse).toThrow(message)
})

test('a replay gets everything that a race depends on', () => {
  const race = { actions: [], outcomes: [], randomSeed: 7, order: [] }
  const file = writeTraceFile('race.json', { ...trace, race })
  expect(readTrace(file).race).toEqual(race)
})
