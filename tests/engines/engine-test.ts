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

/**
 * Defines tests for every engine and network that the command chose.
 * @param networks those that the tests are about
 */
export function inEveryEngine(
  networks: readonly ConditionName[],
  define: (testOnStage: ReturnType<typeof stageFor>) => void,
) {
  for (const found of chosen.engines) {
    describe(found.name, () => {
      let engine: Engine
      beforeAll(async () => {
        engine = await launch(found)
      })
      afterAll(() => engine?.close())
      for (const name of networks.filter((one) => chosen.networks.includes(one))) {
        describe(name, () => inNetwork(conditions[name], () => engine, define))
      }
    })
  }
}

function inNetwork(
  { speed, faults }: Condition,
  engine: () => Engine,
  define: (testOnStage: ReturnType<typeof stageFor>) => void,
) {
  let server: RunningServer
  let network: Network
  beforeAll(async () => {
    server = await startServer(inject('dataFolder'), faults)
    network = await startNetwork(server.address, speed)
  })
  afterAll(async () => {
    await network?.close()
    await server?.stop()
  })
  define(stageFor(() => ({ engine: engine(), server, network })))
}

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
