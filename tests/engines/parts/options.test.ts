import { expect, test } from 'vitest'
import { readOptions, UsageError } from '#scripts/engine-options.mjs'

const everything = {
  engines: ['chromium', 'firefox', 'webkit'],
  networks: ['fast', 'slow', 'faulty'],
  help: false,
}

test.each([
  { args: [], options: everything },
  { args: ['--engine', 'webkit'], options: { ...everything, engines: ['webkit'] } },
  {
    args: ['--engine', 'webkit', '--engine', 'chromium', '--network', 'slow'],
    options: { ...everything, engines: ['chromium', 'webkit'], networks: ['slow'] },
  },
  { args: ['--help'], options: { ...everything, help: true } },
])('$args', ({ args, options }) => {
  expect(readOptions(args)).toEqual(options)
})

test.each([
  {
    args: ['--engine', 'netscape'],
    says: 'There is no engine netscape; there are chromium, firefox, webkit.',
  },
  {
    args: ['--network', 'lan'],
    says: 'There is no network lan; there are fast, slow, faulty.',
  },
  { args: ['--browser', 'webkit'], says: "Unknown option '--browser'. See --help." },
])('$args: $says', ({ args, says }) => {
  expect(() => readOptions(args)).toThrow(new UsageError(says))
})
