import { defineConfig } from 'vitest/config'

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

export default defineConfig({
  test: {
    environment: 'node',
    setupFiles: ['tests/support/setup-quiet.ts'],
    testTimeout: 15_000,
    env: { LECTERN_MODELS: JSON.stringify(options) },
    include: [
      'tests/models/paths.test.ts',
      'tests/models/races/races.test.ts',
      'tests/machines/*.test.ts',
      'tests/client/{fold-videos,link-batcher,video-effects}*.test.ts',
    ],
  },
})
