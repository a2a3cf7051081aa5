import { spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { parseOptions } from '../options.ts'
import { writeReport } from '../reports.ts'

// Leave out the test of unreachable transitions, which detects any change to a chart.
const finders = {
  'video’s paths': ['tests/models/paths.test.ts', '--testNamePattern=video agrees with its actor'],
  'chapter’s paths': [
    'tests/models/paths.test.ts',
    '--testNamePattern=chapter agrees with its actor',
  ],
  races: ['tests/models/races/races.test.ts'],
  'batch retry': ['tests/models/batch-retry.test.ts'],
  'reference server': ['tests/models/races/reference-server.test.ts'],
}

/** The generated test that has to find each bug. */
const bugs = {
  'editing-beside-linking': 'video’s paths',
  'queued-rename-dropped-on-failure': 'video’s paths',
  'new-id-on-retry': 'video’s paths',
  'snapshot-rollback': 'races',
  'no-tombstone': 'reference server',
  'end-taken-as-success': 'races',
  'refetch-overwrites-draft': 'races',
  'stop-without-abort': 'races',
  'removed-still-counted': 'chapter’s paths',
  'two-positions-swapped': 'races',
  'retry-jitter': 'batch retry',
  'late-removal': 'reference server',
  'linked-before-its-file': 'races',
  'linked-while-moving-away': 'races',
  'reload-forgets-the-unanswered': 'races',
} satisfies Record<string, keyof typeof finders>

/** The longest search takes a fifth of it on a busy machine with two cores. */
const timeout = 300_000

/** Some bugs need a rare order: with one of seven seeds, one was found after 2,259 schedules. */
const options = parseOptions(['--runs', '20000'])

const root = path.resolve(import.meta.dirname, '../../..')
const copied = [
  'machines',
  'src',
  'tests',
  'scripts',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
]
/** How many seconds and race schedules it took to find each bug. */
const found: { bug: string; seconds: number; schedules?: number }[] = []

afterAll(() => {
  writeReport('planted-bugs', found)
})

test('every patch is a listed bug', () => {
  const patches = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.patch'))
  expect(patches.map((file) => path.basename(file, '.patch'))).toEqual(Object.keys(bugs).sort())
})

test.concurrent.for(Object.entries(bugs))(
  '%s is found by the %s',
  { timeout },
  async ([bug, finder], { expect }) => {
    const copy = copyProject()
    const patch = path.join(import.meta.dirname, `${bug}.patch`)
    const applied = await run(copy, 'git', ['apply', '-p1', patch])
    expect(applied, `${bug}.patch applies to the current code`).toEqual({ code: 0, output: '' })
    const startedAt = performance.now()
    try {
      const { code, output } = await run(copy, process.execPath, [
        'node_modules/vitest/vitest.mjs',
        'run',
        '--project=models',
        '--bail=1',
        ...finders[finder],
      ])
      const seconds = Math.round((performance.now() - startedAt) / 100) / 10
      found.push({ bug, seconds, ...readRaces(copy) })
      expect(output).toMatch(/AssertionError|Shortest path to reproduce|Turns, in order/)
      expect(code, output).toBe(1)
    } finally {
      rmSync(copy, { recursive: true, force: true })
    }
  },
)

/** Copies the project, so that a bug can be planted in it. */
function copyProject(): string {
  const copy = mkdtempSync(path.join(tmpdir(), 'lectern-planted-'))
  for (const part of copied)
    cpSync(path.join(root, part), path.join(copy, part), { recursive: true })
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'))
  return copy
}

/** Reads how many schedules the races ran, if any. */
function readRaces(copy: string): { schedules?: number } {
  const report = path.join(copy, 'reports/models/races.json')
  if (!existsSync(report)) return {}
  const { schedules } = JSON.parse(readFileSync(report, 'utf8'))
  return { schedules }
}

function run(
  folder: string,
  command: string,
  args: string[],
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const { VITEST: _, ...inherited } = process.env
    const env = {
      ...inherited,
      CI: 'true',
      LECTERN_MODELS: JSON.stringify(options),
      LECTERN_PLANTED_BUG: 'true',
    }
    const child = spawn(command, args, { cwd: folder, env })
    let output = ''
    const append = (chunk: Buffer) => {
      output += chunk
    }
    child.stdout.on('data', append)
    child.stderr.on('data', append)
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
  })
}
