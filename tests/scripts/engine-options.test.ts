import { expect, test } from 'vitest'
import { UsageError } from '#scripts/command-line.mjs'
import { parseOptions } from '#scripts/engine-options.mjs'

const defaults = {
  engines: ['chromium', 'firefox', 'webkit'],
  networks: ['fast', 'slow', 'faulty'],
  help: false,
}

test.each([
  { args: [], options: defaults },
  { args: ['--engine', 'webkit'], options: { ...defaults, engines: ['webkit'] } },
  {
    args: ['--engine', 'webkit', '--engine', 'chromium', '--network', 'slow'],
    options: { ...defaults, engines: ['chromium', 'webkit'], networks: ['slow'] },
  },
  { args: ['--help'], options: { ...defaults, help: true } },
])('parses $args', ({ args, options }) => {
  expect(parseOptions(args)).toEqual(options)
})

test.each([
  {
    args: ['--engine', 'netscape'],
    message: 'Unknown engine netscape. Available: chromium, firefox, webkit.',
  },
  {
    args: ['--network', 'lan'],
    message: 'Unknown network lan. Available: fast, slow, faulty.',
  },
  { args: ['--browser', 'webkit'], message: "Unknown option '--browser'. See --help." },
])('rejects $args: $message', ({ args, message }) => {
  expect(() => parseOptions(args)).toThrow(new UsageError(message))
})
