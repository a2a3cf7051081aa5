import { delay } from '#shared/delay.ts'
import { seededRandom } from '#shared/random.ts'
import { endToEndTest, withContext } from '../support/e2e-test.ts'
import { addWatchedVideos, killErrors, serverKills } from '../support/server-kills.ts'

// Its own faults, so that it does not share its server with other tests.
const test = endToEndTest('latency=0-150')

test('Whenever the server is killed, no link is lost or duplicated, and live pages catch up', {
  timeout: (10 + serverKills) * 60_000,
}, async ({ api, browser, server, page, expectedErrors }) => {
  expectedErrors.push(...killErrors)
  const random = seededRandom(12)
  await withContext(browser, server.address, expectedErrors, async (otherContext) => {
    const watcher = await otherContext.newPage()
    for (let kill = 1; kill <= serverKills; kill += 1) {
      const expectLinked = await addWatchedVideos({ api, page, watcher, kill })
      // At a random moment while the videos are linked, or shortly afterwards.
      await delay(random() * 250)
      await server.kill()
      await expectLinked()
    }
  })
})
