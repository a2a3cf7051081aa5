import { expect, test } from 'vitest'

const modules = import.meta.glob('../../machines/*.machine.ts')

// XState refuses a broken chart while its module loads, which no test outside this file can report.
test.each(Object.entries(modules))('%s can be loaded', async (_path, load) => {
  await expect(load()).resolves.toBeTypeOf('object')
})
