import { onTestFinished } from 'vitest'
import { createCourse } from '../../support/e2e-test.ts'
import { openCourse } from '../course-page.ts'
import { type TestOnStage, unlimited } from '../engine-test.ts'
import { startNetwork } from '../network.ts'
import { eventually } from '../page.ts'

export function testLoadingCode(test: TestOnStage) {
  test('a dialog whose code could not be fetched opens on retry', async ({
    stage: { page, address, api },
  }) => {
    const { course } = await createCourse(api)
    // A new address, for which the browser has nothing in its cache.
    const network = await startNetwork(address, unlimited)
    onTestFinished(network.close)
    network.refuse(/^GET \/assets\/media-library-/)
    await openCourse(page, network.address, course)
    await page.click({ role: 'button', name: 'Add videos' })
    await eventually(() => page.evaluate(readAlert)).toContain(
      'This part of Lectern couldn’t be loaded',
    )
    network.refuse(undefined)
    await page.click({ role: 'button', name: 'Try again' })
    await eventually(() => page.evaluate(readDialog)).toBe('Media library')
  })
}

const readAlert = () => document.querySelector('[role="alert"]')?.textContent ?? ''

const readDialog = () => document.querySelector('[role="dialog"] h2')?.textContent ?? ''
