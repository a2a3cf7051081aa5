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

  test('a page whose code could not be fetched opens on retry, and nothing typed is lost', async ({
    stage: { page, address, api },
  }) => {
    const { course, chapter } = await createCourse(api)
    const [video] = await api.link(chapter.id, await api.media(1))
    const network = await startNetwork(address, unlimited)
    onTestFinished(network.close)
    network.refuse(/^GET \/assets\/charts-page-/)
    const view = await openCourse(page, network.address, course)
    const id = video?.id ?? ''
    const typed = await view.typeHalf(id)
    await page.click({ role: 'link', name: 'Statecharts' })
    await eventually(() => page.evaluate(readHeading)).toBe('This page couldn’t be loaded')
    network.refuse(undefined)
    await page.click({ role: 'button', name: 'Try again' })
    await eventually(() => page.evaluate(hasPicture)).toBe(true)
    await page.evaluate(() => history.back())
    await eventually(() => view.typing(id)).toMatchObject({ text: typed.text })
  })
}

const readAlert = () => document.querySelector('[role="alert"]')?.textContent ?? ''

const readDialog = () => document.querySelector('[role="dialog"] h2')?.textContent ?? ''

const readHeading = () => document.querySelector('h1')?.textContent ?? ''

const hasPicture = () => document.querySelector('section[aria-label="Picture"]') !== null
