import { expect } from 'vitest'
import { createCourse } from '../../support/e2e-test.ts'
import { readNamesInNextFrame } from '../../support/next-frame.ts'
import { openCourse } from '../course-page.ts'
import type { Stage, TestOnStage } from '../engine-test.ts'
import { eventually } from '../page.ts'

const count = 20

export function testOpenEditors(test: TestOnStage) {
  test('open editors keep their text while twenty links settle and another tab renames a sibling', async ({
    stage,
  }) => {
    const { page, network, api } = stage
    const { course, chapter } = await createCourse(api)
    const view = await openCourse(page, network.address, course)
    const picks = await view.pick(count)
    network.hold()
    await view.addPicked(count)
    const [first = '', second = '', third = ''] = (await view.rows()).map(({ id }) => id)

    const extension = await view.type(first, 'Saved before its link')
    await page.observe(readNamesInNextFrame, 'keydown')
    await page.press('Enter')
    const withFirst = [`Saved before its link${extension}`, ...picks.slice(1)]
    expect(await page.observed()).toEqual(withFirst)
    expect(await view.statuses()).not.toContain('linked')
    const inSecond = await view.typeHalf(second)
    const inThird = await view.typeHalf(third)
    await view.watchTyping(third)

    network.release()
    await eventually(view.unsettled).toBe(0)
    const sibling = (await view.rows()).findLast(({ status }) => status === 'linked')
    const renamed = await renameElsewhere(stage, course, sibling?.id ?? '')
    await view.returnLater()
    await eventually(view.names).toEqual(
      withFirst.map((name) => (name === sibling?.name ? renamed : name)),
    )
    expect(await page.observed()).toEqual([inThird])
    expect(await view.typing(second)).toEqual({ ...inSecond, hasFocus: false })

    await view.retryUntilLinked()
    for (const id of [second, third]) await view.save(id)
    const names = [withFirst[0], inSecond.text, inThird.text, ...withFirst.slice(3)].map((name) =>
      name === sibling?.name ? renamed : name,
    )
    await eventually(view.names).toEqual(names)
    await eventually(() => api.filenames(chapter.id)).toEqual(names)
  })
}

/** Renames a video in another user's tab; resolves with its new name. */
async function renameElsewhere(
  { openOtherPage: openOther, address, api }: Stage,
  course: Parameters<typeof openCourse>[2],
  videoId: string,
): Promise<string> {
  const view = await openCourse(await openOther(), address, course)
  const extension = await view.type(videoId, 'Renamed elsewhere')
  await view.page.press('Enter')
  const renamed = `Renamed elsewhere${extension}`
  const [chapter] = course.chapters
  await eventually(() => api.filenames(chapter?.id ?? '')).toContain(renamed)
  return renamed
}
