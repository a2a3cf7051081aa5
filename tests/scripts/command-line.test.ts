import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseCommandLine, UsageError } from '#scripts/command-line.mjs'
import { runQuietly } from '#scripts/commands.mjs'

const options = { folder: { type: 'string', default: 'dist' }, quick: { type: 'boolean' } } as const

test('options, defaults and positionals are parsed', () => {
  const { values, positionals } = parseCommandLine(['--quick', 'one'], {
    options,
    allowPositionals: true,
  })
  expect([{ ...values }, positionals]).toEqual([{ folder: 'dist', quick: true }, ['one']])
})

test.each(['--help', '-h'])('%s is always an option', (option) => {
  expect({ ...parseCommandLine([option]).values }).toEqual({ help: true })
})

test.each([
  { args: ['--slow'], message: "Unknown option '--slow'. See --help." },
  {
    args: ['--folder'],
    message: "Option '--folder <value>' argument missing. See --help.",
  },
  { args: ['one'], message: "Unexpected argument 'one'. See --help." },
  {
    args: ['--quick=yes'],
    message: "Option '--quick' does not take an argument. See --help.",
  },
])('$args is rejected: $message', ({ args, message }) => {
  expect(() => parseCommandLine(args, { options })).toThrow(new UsageError(message))
})

const { scripts }: { scripts: Record<string, string> } = JSON.parse(
  readFileSync('package.json', 'utf8'),
)
const commands = Object.entries(scripts).flatMap(([name, command]) => {
  const [, file] = /^node (scripts\/\S+)$/.exec(command) ?? []
  return file ? [{ name, file }] : []
})

describe.each(commands)('npm run $name', ({ name, file }) => {
  const call = new RegExp(`^npm (run )?${name}\\b`)

  test('--help prints the usage', async () => {
    const { code, output } = await runQuietly(process.execPath, [file, '--help'])
    expect([code, output]).toEqual([0, expect.stringMatching(call)])
  })

  test('an unknown option is rejected with a sentence', async () => {
    const { code, output } = await runQuietly(process.execPath, [file, '--nonsense'])
    expect([code, output]).toEqual([2, "Unknown option '--nonsense'. See --help.\n"])
  })
})
