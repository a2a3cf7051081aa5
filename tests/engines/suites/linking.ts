import { expect } from 'vitest'
import { createCourse } from '../../support/e2e-test.ts'
import { openCourse } from '../course-page.ts'
import type { TestOnStage } from '../engine-test.ts'
import { eventually } from '../page.ts'

const count = 20

export function testLinking(test: TestOnStage) {
  test('twenty picks are shown in the next frame, and all are eventually linked', async ({
    stage: { page, network, api },
  }) => {
    const { course, chapter } = await createCourse(api)
    const view = await openCourse(page, network.address, course)
    const picks = await view.pick(count)
    expect(await view.addPicked(count)).toEqual(picks)
    const ids = (await view.rows()).map(({ id }) => id)

    await view.retryUntilLinked()
    await eventually(view.statusLine).toBe(`${count} of ${count} linked`)
    expect(await view.rows()).toEqual(
      picks.map((name, index) => ({ id: ids[index], name, status: 'linked' })),
    )
    const videos = await api.videos(chapter.id)
    expect(videos.map(({ id, filename }) => ({ id, filename }))).toEqual(
      picks.map((filename, index) => ({ id: ids[index], filename })),
    )
  })
}
