import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Api, createApi } from '../support/e2e-api.ts'
import { type RunningServer, startServer } from '../support/running-server.ts'
import type { Engine, EngineLocation, EngineName } from './drivers/engine.ts'
import { launchWithPlaywright } from './drivers/playwright.ts'
import { launchWithPuppeteer } from './drivers/puppeteer.ts'
import { launchWithWebDriver } from './drivers/webdriver.ts'
import { type Network, type Speed, startNetwork } from './network.ts'
import { createPage, type Page } from './page.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** The version of the browser that the test ran in. */
    version?: string
  }
}

/** The fixture of a test in an engine. */
export interface Stage {
  api: Api
  network: Network
  page: Page
  /** The server's own address, which bypasses the network. */
  address: string
  /** Opens another user's page. */
  openOtherPage: () => Promise<Page>
}

const selected: { engines: EngineLocation[]; networks: ConditionName[] } = JSON.parse(
  process.env.LECTERN_ENGINES ?? '{"engines":[],"networks":[]}',
)

/** A network to test in. */
interface Condition {
  speed: Speed
  /** The server's faults for links, in the format of `LECTERN_FAULTS`. */
  faults?: string
}

export type ConditionName = 'fast' | 'slow' | 'faulty'

export const unlimited: Speed = { latency: 0, bitsPerSecond: Number.POSITIVE_INFINITY }

const conditions: Record<ConditionName, Condition> = {
  fast: { speed: unlimited },
  slow: { speed: { latency: 150, bitsPerSecond: 1_000_000 } },
  faulty: { speed: unlimited, faults: 'latency=50-300,fail=0.2,drop=0.05,seed=11' },
}

type Faults = Condition['faults']

const launchers = {
  playwright: launchWithPlaywright,
  puppeteer: launchWithPuppeteer,
  webdriver: launchWithWebDriver,
}

/** Defines the tests for one engine and one network. */
type DefineTests = (test: TestOnStage, network: ConditionName) => void

/**
 * Defines tests for an engine, in every network that the command selected. Networks with the same
 * faults share a server, since starting one takes seconds.
 */
export function defineInEngine(name: EngineName, define: DefineTests) {
  const found = selected.engines.find((engine) => engine.name === name)
  if (!found) throw new Error(`The command did not select ${name}`)
  const servers = new Map<Faults, RunningServer>()
  const findServer = (faults: Faults) => {
    const server = servers.get(faults)
    if (!server) throw new Error(`There is no server with the faults ${faults}`)
    return server
  }
  beforeAll(async () => {
    for (const faults of new Set(selected.networks.map((network) => conditions[network].faults))) {
      servers.set(faults, await startServer(inject('dataFolder'), faults))
    }
  })
  afterAll(async () => {
    for (const server of servers.values()) await server.stop()
  })
  describe(name, () => defineInNetworks(found, findServer, define))
}

function defineInNetworks(
  found: EngineLocation,
  findServer: (faults: Faults) => RunningServer,
  define: DefineTests,
) {
  let engine: Engine
  beforeAll(async () => {
    engine = await launchers[found.driver](found)
  })
  afterAll(() => engine?.close())
  for (const name of selected.networks) {
    const { speed, faults } = conditions[name]
    describe(name, () => {
      let network: Network
      beforeAll(async () => {
        network = await startNetwork(findServer(faults).address, speed)
      })
      afterAll(() => network?.close())
      define(
        extendWithStage(() => ({ engine, network, server: findServer(faults) })),
        name,
      )
    })
  }
}

/** A test function whose fixture is a stage. */
export type TestOnStage = ReturnType<typeof extendWithStage>

interface Running {
  engine: Engine
  server: RunningServer
  network: Network
}

const extendWithStage = (running: () => Running) =>
  test.extend<{ stage: Stage }>({
    stage: async ({ task }, use) => {
      const { engine, server, network } = running()
      task.meta.version = engine.version
      const pages: Page[] = []
      const openPage = async () => {
        const page = createPage(await engine.openTab())
        pages.push(page)
        return page
      }
      const api = createApi(server.address)
      const page = await openPage()
      await use({ api, network, page, address: server.address, openOtherPage: openPage })
      network.release()
      for (const openedPage of pages.reverse()) {
        expect(await openedPage.errors(), 'errors on the page’s console').toEqual([])
        await openedPage.close()
      }
    },
  })
