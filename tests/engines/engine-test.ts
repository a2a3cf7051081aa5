import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Api, createApi } from '../support/e2e-api.ts'
import { type RunningServer, startServer } from '../support/running-server.ts'
import { type Condition, type ConditionName, conditions } from './conditions.ts'
import type { Engine, FoundEngine } from './drivers/engine.ts'
import { launch } from './drivers/launch.ts'
import { type Network, startNetwork } from './network.ts'
import { type Page, pageIn } from './page.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** Which browser a test ran in. */
    version?: string
  }
}

/** What a test in an engine works with. */
export interface Stage {
  api: Api
  network: Network
  page: Page
  /** The server itself, beside the network of the test. */
  address: string
  /** Opens a page of somebody else's, whose network is good. */
  openOther: () => Promise<Page>
}

const chosen: { engines: FoundEngine[]; networks: ConditionName[] } = JSON.parse(
  process.env.LECTERN_ENGINES ?? '{"engines":[],"networks":[]}',
)

type Faults = Condition['faults']

/** Which tests there are for one engine and one network. */
type Define = (test: TestOnStage, network: ConditionName) => void

/**
 * Defines tests for every engine and network that the command chose. Networks without faults share one server,
 * and so do the engines: to start one takes seconds.
 */
export function inEveryEngine(define: Define) {
  const servers = new Map<Faults, RunningServer>()
  beforeAll(async () => {
    for (const faults of new Set(chosen.networks.map((name) => conditions[name].faults))) {
      servers.set(faults, await startServer(inject('dataFolder'), faults))
    }
  })
  afterAll(async () => {
    for (const server of servers.values()) await server.stop()
  })
  for (const found of chosen.engines) {
    describe(found.name, () => inNetworks(found, (faults) => serverIn(servers, faults), define))
  }
}

function serverIn(servers: ReadonlyMap<Faults, RunningServer>, faults: Faults): RunningServer {
  const server = servers.get(faults)
  if (!server) throw new Error(`No server was started with the faults ${faults}`)
  return server
}

function inNetworks(
  found: FoundEngine,
  serverWith: (faults: Faults) => RunningServer,
  define: Define,
) {
  let engine: Engine
  beforeAll(async () => {
    engine = await launch(found)
  })
  afterAll(() => engine?.close())
  for (const name of chosen.networks) {
    const { speed, faults } = conditions[name]
    describe(name, () => {
      let network: Network
      beforeAll(async () => {
        network = await startNetwork(serverWith(faults).address, speed)
      })
      afterAll(() => network?.close())
      define(
        stageFor(() => ({ engine, network, server: serverWith(faults) })),
        name,
      )
    })
  }
}

/** A test that gets a stage to work on. */
export type TestOnStage = ReturnType<typeof stageFor>

interface Running {
  engine: Engine
  server: RunningServer
  network: Network
}

const stageFor = (running: () => Running) =>
  test.extend<{ stage: Stage }>({
    stage: async ({ task }, use) => {
      const { engine, server, network } = running()
      task.meta.version = engine.version
      const pages: Page[] = []
      const openPage = async () => {
        const page = pageIn(await engine.openTab())
        pages.push(page)
        return page
      }
      const api = createApi(server.address)
      const page = await openPage()
      await use({ api, network, page, address: server.address, openOther: openPage })
      network.letGo()
      for (const one of pages.reverse()) {
        expect(await one.complaints(), 'said on the page’s console').toEqual([])
        await one.close()
      }
    },
  })
