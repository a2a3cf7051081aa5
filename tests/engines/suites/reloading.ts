import { expect } from 'vitest'
import { createCourse } from '../../support/e2e-test.ts'
import { readStoredVideos } from '../../support/stored-records.ts'
import { openCourse, type Typing } from '../course-page.ts'
import type { TestOnStage } from '../engine-test.ts'
import { eventually, type Page } from '../page.ts'

export function testReloading(test: TestOnStage) {
  test('after a reload, unanswered links and half-typed text resume', async ({
    stage: { page, network, api },
  }) => {
    const { course, chapter } = await createCourse(api)
    const view = await openCourse(page, network.address, course)
    const picks = await view.pick(4)
    network.hold()
    await view.addPicked(4)
    const [{ id = '' } = {}] = await view.rows()
    const typing = await view.typeHalf(id)
    await waitForStoredDraft(page, id, typing)
    await page.evaluate(suppressBeforeUnload)
    // The network holds the request for the page, too.
    const opening = page.open(`${network.address}/courses/${course.id}`)
    network.release()
    await opening
    await eventually(() => view.typing(id)).toEqual(typing)
    await eventually(view.statuses).toEqual(picks.map(() => 'linked'))
    await view.save(id)
    const names = [typing.text, ...picks.slice(1)]
    expect(await view.names()).toEqual(names)
    await eventually(() => api.filenames(chapter.id)).toEqual(names)
  })

  test('this tab resumes what a closed tab leaves', async ({
    stage: { page, network, api, openOtherPage },
  }) => {
    const { course, chapter } = await createCourse(api)
    const view = await openCourse(page, network.address, course)
    const other = await openOtherPage()
    const otherView = await openCourse(other, network.address, course)
    const picks = await otherView.pick(2)
    network.hold()
    await otherView.addPicked(2)
    const [{ id = '' } = {}] = await otherView.rows()
    const typing = await otherView.typeHalf(id)
    await waitForStoredDraft(other, id, typing)
    await leave(other)
    network.release()
    await eventually(view.names).toEqual(picks)
    await eventually(async () => (await view.typing(id))?.text).toBe(typing.text)
    await eventually(view.statuses).toEqual(['linked', 'linked'])
    await eventually(() => api.filenames(chapter.id)).toEqual(picks)
  })
}

/** Waits until a page has stored its draft: WebKit stores nothing once the page is being left. */
async function waitForStoredDraft(page: Page, id: string, { text, caret }: Typing) {
  await eventually(async () => {
    const videos = await readStoredVideos(page)
    return videos.find((video) => video.id === id)?.draft
  }).toMatchObject({ text, selection: caret })
}

async function leave(page: Page) {
  await page.evaluate(suppressBeforeUnload)
  await page.open('about:blank')
}

/** Suppresses the prompt about unsaved changes, which each driver would handle differently. */
function suppressBeforeUnload() {
  addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true)
}
