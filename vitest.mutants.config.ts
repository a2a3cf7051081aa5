import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

// Fewer paths and races than usual: these tests run once per mutant.
const options = {
  machine: null,
  criterion: { kind: 'transitions' },
  runs: 60,
  seed: 1,
  replay: null,
  json: false,
  junit: false,
}

/** The paths take longer than all else, and what they would find is mostly found before. */
class QuickestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const rank = ({ moduleId }: TestSpecification) =>
      ['/tests/machines/', '/tests/client/', '/races/', '/models/'].findIndex((part) =>
        moduleId.includes(part),
      )
    return files.toSorted((one, other) => rank(one) - rank(other))
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: QuickestFirst },
    environment: 'node',
    setupFiles: ['tests/support/setup-quiet.ts', 'tests/support/setup-mutants.ts'],
    testTimeout: 60_000,
    env: { LECTERN_MODELS: JSON.stringify(options) },
    include: [
      'tests/models/paths.test.ts',
      'tests/models/races/races.test.ts',
      'tests/machines/*.test.ts',
      'tests/client/{fold-videos,link-batcher,video-effects}*.test.ts',
    ],
  },
})
