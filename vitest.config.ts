import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import { chromiumArgs, findChromium } from './scripts/browser.mjs'
import { mockWorker } from './scripts/mock-worker.ts'
import { testModelFile } from './tests/support/test-model-file.ts'

const setupFiles = ['tests/support/setup-quiet.ts']
const globalSetup = ['tests/support/setup-database-template.ts']

const processTests = 'tests/server/process/**/*.test.ts'

const plantedBugs = 'tests/models/planted-bugs/**/*.test.ts'

// A trace of the model tests is run again by a file that runs only then.
const modelTests = process.env.LECTERN_MODELS?.includes('"replay":"')
  ? ['tests/models/replay.ts']
  : ['tests/models/**/*.test.ts', `!${plantedBugs}`]

const inNode = (
  name: string,
  include: string[],
  options: TestProjectInlineConfiguration['test'] = {},
): TestProjectInlineConfiguration => ({
  test: { name, include, setupFiles, environment: 'node', ...options },
})

// What waits on a process or a browser gets the machine to itself.
const apart = (groupOrder: number): TestProjectInlineConfiguration['test'] => ({
  sequence: { groupOrder },
  testTimeout: 60_000,
  hookTimeout: 120_000,
})

const oneByOne = { fileParallelism: false }

// Two workers that go on from file to file, each with servers and a browser of its own.
const twoAtATime = { maxWorkers: 2, isolate: false }

const components: TestProjectInlineConfiguration = {
  plugins: [react(), tailwindcss(), mockWorker(), testModelFile()],
  // What Vite finds out too late makes it load a running test anew.
  optimizeDeps: {
    include: ['react-dom/client', 'react-dom/server', '@xstate/graph'],
    exclude: ['@electric-sql/pglite', '@xstate/test'],
  },
  // React Aria shows whole lists under test unless it is told that there is a real browser.
  define: { 'process.env.VIRT_ON': 'true' },
  test: {
    name: 'components',
    globalSetup,
    include: ['tests/client/**/*.test.tsx'],
    setupFiles,
    sequence: { groupOrder: 1 },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      locators: { exact: true },
      viewport: { width: 1280, height: 800 },
      provider: playwright({
        launchOptions: { executablePath: findChromium(), args: chromiumArgs() },
        actionTimeout: 10_000,
      }),
      instances: [{ browser: 'chromium' }],
    },
  },
}

// The command chooses the engines and makes sure of them, so these tests run by it alone.
const engines = process.env.LECTERN_ENGINES
  ? [
      inNode('engines', ['tests/engines/engines.test.ts'], {
        ...apart(6),
        testTimeout: 180_000,
        globalSetup: ['tests/support/setup-e2e-data.ts'],
      }),
    ]
  : []

export default defineConfig({
  test: {
    allowOnly: false,
    projects: [
      inNode('machines', ['tests/machines/**/*.test.ts']),
      inNode('models', modelTests, {
        globalSetup,
        sequence: { groupOrder: 4 },
        testTimeout: 60_000,
      }),
      inNode('planted-bugs', [plantedBugs], { ...apart(5), ...oneByOne }),
      inNode('engine-parts', ['tests/engines/parts/*.test.ts']),
      inNode('client', ['tests/client/**/*.test.ts'], { globalSetup }),
      inNode('server', ['tests/server/**/*.test.ts'], {
        exclude: [processTests],
        globalSetup,
        testTimeout: 30_000,
        hookTimeout: 60_000,
      }),
      inNode('process', [processTests], { ...apart(2), ...oneByOne }),
      components,
      inNode('e2e', ['tests/e2e/**/*.test.ts'], {
        ...apart(3),
        ...twoAtATime,
        globalSetup: ['tests/support/setup-e2e-data.ts'],
      }),
      ...engines,
    ],
  },
})
