import { rmSync } from 'node:fs'
import { test } from 'vitest'
import { delay } from '#shared/delay.ts'
import { seededRandom } from '#shared/random.ts'
import { createPostgresDatabase } from '../support/database-on-postgres.ts'
import { createApi } from '../support/e2e-api.ts'
import { withBrowser, withContext } from '../support/e2e-test.ts'
import { startFailover } from '../support/failover.ts'
import { runSeed, startServerIn, temporaryFolder } from '../support/running-server.ts'
import { addWatchedVideos, killErrors, serverKills } from '../support/server-kills.ts'

test('when one of two servers is killed, live pages continue on the other', {
  timeout: (10 + serverKills) * 60_000,
}, async ({ onTestFinished }) => {
  const folder = temporaryFolder()
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const database = await createPostgresDatabase()
  onTestFinished(database.drop)
  const environment = { DATABASE_URL: database.url, LECTERN_FAULTS: 'latency=0-150' }
  await runSeed(folder, ['--media', '20'], environment)
  const start = async () => {
    const server = await startServerIn(folder, environment)
    onTestFinished(server.stop)
    return server
  }
  const servers = [await start(), await start()] as const
  const addresses = servers.map(({ address }) => address)
  const startProxy = async (order: string[]) => {
    const proxy = await startFailover(order)
    onTestFinished(proxy.close)
    return proxy
  }
  // Each page prefers a different server.
  const [own, others] = [await startProxy(addresses), await startProxy(addresses.toReversed())]

  const api = createApi(own.address)
  const random = seededRandom(13)
  await withBrowser((browser) =>
    withContext(browser, own.address, killErrors, async (context) => {
      const page = await context.newPage()
      await withContext(browser, others.address, killErrors, async (otherContext) => {
        const watcher = await otherContext.newPage()
        for (let kill = 1; kill <= serverKills; kill += 1) {
          const expectLinked = await addWatchedVideos({ api, page, watcher, kill })
          // At a random moment while the videos are linked, or shortly afterwards.
          await delay(random() * 250)
          await servers[kill % 2 === 1 ? 0 : 1].kill(expectLinked)
        }
      })
    }),
  )
})
