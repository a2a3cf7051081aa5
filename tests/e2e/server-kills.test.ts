import { delay } from '#shared/delay.ts'
import { seededRandom } from '#shared/random.ts'
import { endToEndTest, withContext } from '../support/e2e-test.ts'
import { addWatchedVideos, killErrors, serverKills } from '../support/server-kills.ts'

// Faults of its own, so that no other test uses the server.
const test = endToEndTest('latency=0-150')

test('Whenever the server is killed, no link is lost or doubled, and live pages catch up', {
  timeout: (10 + serverKills) * 60_000,
}, async ({ api, browser, server, page, expectedErrors }) => {
  expectedErrors.push(...killErrors)
  const random = seededRandom(12)
  await withContext(browser, server.address, expectedErrors, async (otherContext) => {
    const watcher = await otherContext.newPage()
    for (let kill = 1; kill <= serverKills; kill += 1) {
      const expectLinked = await addWatchedVideos({ api, page, watcher, kill })
      // At any moment of the links, or soon after them.
      await delay(random() * 250)
      await server.kill()
      await expectLinked()
    }
  })
})
