import { availableParallelism } from 'node:os'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import { chromiumArgs, findTestBrowser } from './scripts/browser.mjs'
import { mockWorker } from './scripts/mock-worker.ts'
import { resolveXStateTest } from './tests/support/test-model-file.ts'
import { v8Flags } from './tests/support/v8-flags.ts'

const setupFiles = ['tests/support/setup-quiet.ts', 'tests/support/setup-seed.ts']
const globalSetup = ['tests/support/setup-database-template.ts']

// What these ask of the database, other files ask of it, too: they test uploads, buckets and the
// reading of files and requests, or the embedded database alone. On Postgres, they would only
// repeat that.
const notForPostgres = process.env.TEST_DATABASE_URL
  ? ['bucket-media', 'interrupted-uploads', 'migrate', 'request-bodies', 'unusable-videos'].map(
      (name) => `tests/server/${name}.test.ts`,
    )
  : []

const withoutShrinking = process.env.LECTERN_PLANTED_BUG ? ['tests/support/setup-mutants.ts'] : []

const processTests = 'tests/server/process/**/*.test.ts'
const plantedBugs = 'tests/models/planted-bugs/**/*.test.ts'

// The replay of a trace replaces the other model tests.
const modelTests = process.env.LECTERN_MODELS?.includes('"replay":"')
  ? ['tests/models/replay.ts']
  : ['tests/models/**/*.test.ts', `!${plantedBugs}`]

// In ms. No test measures time: only one that hangs may end by these, on a busy machine, too.
const patience = 60_000
const timeouts = {
  testTimeout: 10 * patience,
  hookTimeout: 10 * patience,
  expect: { poll: { timeout: patience } },
}

const nodeProject = (
  name: string,
  include: string[],
  options: TestProjectInlineConfiguration['test'] = {},
): TestProjectInlineConfiguration => ({
  test: {
    name,
    include,
    setupFiles,
    environment: 'node',
    execArgv: v8Flags,
    maxWorkers,
    ...timeouts,
    ...options,
  },
})

// Tests that wait for a process or a browser run apart from the other projects.
const exclusive = (groupOrder: number) => ({ sequence: { groupOrder } })

// Vitest's own number is one on a machine with two cores.
const maxWorkers = Math.max(2, availableParallelism() - 1)

// While one waits for a server or a browser, the others use the processor.
const waitingWorkers = { maxWorkers: maxWorkers + 1 }

// Those that are imported by what is loaded when it is needed.
const reactAriaParts = [
  'Autocomplete',
  'Button',
  'Collection',
  'ListBox',
  'Menu',
  'Popover',
  'Toolbar',
  'Tree',
  'useDragAndDrop',
]

const components: TestProjectInlineConfiguration = {
  plugins: [react(), tailwindcss(), mockWorker(), resolveXStateTest()],
  // A dependency that Vite discovers during a test reloads the test.
  optimizeDeps: {
    include: [
      'react-dom/client',
      'react-dom/server',
      '@xstate/graph',
      'file-selector',
      'idb',
      'mediabunny',
      'tus-js-client',
      'hono/combine',
      'hono/method-not-allowed',
      'hono/request-id',
      'hono/secure-headers',
      'fast-check',
      'mermaid',
      ...reactAriaParts.map((part) => `react-aria-components/${part}`),
      'zustand/react/shallow',
    ],
    exclude: ['@electric-sql/pglite', '@xstate/test'],
  },
  // React Aria renders whole lists under test, unless this says that there is a real browser.
  define: { 'process.env.VIRT_ON': 'true' },
  test: {
    name: 'components',
    maxWorkers: 2,
    isolate: false,
    globalSetup,
    include: ['tests/client/**/*.test.tsx'],
    setupFiles,
    sequence: { groupOrder: 1 },
    ...timeouts,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      locators: { exact: true },
      viewport: { width: 1280, height: 800 },
      provider: playwright({
        launchOptions: {
          executablePath: findTestBrowser(),
          // The page opens PGlite, too.
          args: [...chromiumArgs(), `--js-flags=${v8Flags.join(' ')}`],
        },
        actionTimeout: patience,
        // What moves takes a third of the processor's time to draw.
        contextOptions: { reducedMotion: 'reduce' },
      }),
      instances: [{ browser: 'chromium' }],
    },
  },
}

// These tests run only by `npm run test:engines`, which selects and installs the engines. They run
// one after the other: each draws and polls for more than one core, and beside the others takes two
// to three times as long.
const selectedEngines: { name: string }[] = JSON.parse(
  process.env.LECTERN_ENGINES ?? '{"engines":[]}',
).engines

const engines =
  selectedEngines.length > 0
    ? [
        nodeProject(
          'engines',
          selectedEngines.map(({ name }) => `tests/engines/${name}.test.ts`),
          {
            ...exclusive(6),
            maxWorkers: 1,
            globalSetup: ['tests/support/setup-e2e-data.ts'],
          },
        ),
      ]
    : []

// These tests run only by `npm run test:postgres`, which starts a Postgres.
const onPostgres = process.env.TEST_DATABASE_URL
  ? [
      nodeProject('postgres', ['tests/postgres/**/*.test.ts'], {
        ...exclusive(2),
        globalSetup,
      }),
    ]
  : []

export default defineConfig({
  test: {
    allowOnly: false,
    projects: [
      nodeProject('machines', ['tests/machines/**/*.test.ts'], { isolate: false }),
      nodeProject('models', modelTests, {
        setupFiles: [...setupFiles, ...withoutShrinking],
        globalSetup,
        sequence: { groupOrder: 4 },
      }),
      nodeProject('planted-bugs', [plantedBugs], { ...exclusive(5), maxConcurrency: 2 }),
      nodeProject('scripts', ['tests/scripts/*.test.ts', 'tests/engines/network.test.ts']),
      nodeProject('client', ['tests/client/**/*.test.ts'], { isolate: false, globalSetup }),
      nodeProject('server', ['tests/server/**/*.test.ts'], {
        exclude: [processTests, ...notForPostgres],
        isolate: false,
        globalSetup,
      }),
      nodeProject('process', [processTests], { ...exclusive(2), ...waitingWorkers }),
      components,
      nodeProject('e2e', ['tests/e2e/**/*.test.ts'], {
        ...exclusive(2),
        ...waitingWorkers,
        // The files that a worker runs share its servers and its browser.
        isolate: false,
        globalSetup: ['tests/support/setup-e2e-data.ts'],
      }),
      ...onPostgres,
      ...engines,
    ],
  },
})
