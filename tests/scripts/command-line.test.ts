import { readdirSync, readFileSync } from 'node:fs'
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
const names = new Map(Object.entries(scripts).map(([name, command]) => [command, name]))

const readScript = (file: string) =>
  file.endsWith('.mjs') ? readFileSync(`scripts/${file}`, 'utf8') : ''
// The other files of the folder are modules.
const commands = readdirSync('scripts')
  .filter((file) => /^await runScript/m.test(readScript(file)))
  .map((file) => ({ file: `scripts/${file}`, name: names.get(`node scripts/${file}`) }))

test('every script in package.json parses its command line', () => {
  const files = commands.flatMap(({ file, name }) => (name ? [`node ${file}`] : []))
  const own = Object.values(scripts).filter((command) => command.startsWith('node '))
  expect(files.sort()).toEqual(own.sort())
})

describe.each(commands)('$file', ({ name, file }) => {
  const call = new RegExp(name ? `^npm (run )?${name}\\b` : `^node ${file}`)

  test('--help prints the usage', async () => {
    const { code, output } = await runQuietly(process.execPath, [file, '--help'])
    expect([code, output]).toEqual([0, expect.stringMatching(call)])
  })

  test('an unknown option is rejected with a message', async () => {
    const { code, output } = await runQuietly(process.execPath, [file, '--nonsense'])
    expect([code, output]).toEqual([2, "Unknown option '--nonsense'. See --help.\n"])
  })
})

test.each([
  {
    args: ['--chapters', 'many'],
    message: '--chapters takes a whole number up to 1000000, not “many”',
  },
  { args: ['--videos', '5'], message: 'Videos need chapters: add --chapters' },
  { args: [], message: 'Specify how much to add' },
])('npm run seed -- $args is rejected: $message', async ({ args, message }) => {
  const { code, output } = await runQuietly(process.execPath, ['scripts/seed.mjs', ...args])
  expect([code, output]).toEqual([2, expect.stringContaining(message)])
  expect(output).not.toMatch(/^\s+at /m)
})
