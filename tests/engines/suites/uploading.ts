import { expect } from 'vitest'
import { openCourse } from '../course-page.ts'
import type { TestOnStage } from '../engine-test.ts'
import { eventually } from '../page.ts'

/** Tests files that are dropped on a chapter. */
export function testUploading(test: TestOnStage) {
  test('a file that is dropped on a chapter is uploaded and then linked', async ({
    stage: { api, page, network },
  }) => {
    const course = await api.createCourse('Uploading', 'One')
    const [source] = await api.media(1)
    const { names, statuses } = await openCourse(page, network.address, course)
    await page.evaluate(dropCopy, `/media/${source?.id}/file`, 'My own.mp4')
    await eventually(names).toEqual(['My own.mp4'])
    await eventually(statuses).toEqual(['linked'])
    const [video] = await api.videos(course.chapters[0]?.id ?? '')
    expect(video?.durationSeconds).toBeCloseTo(source?.durationSeconds ?? 0)
    expect(video?.mediaId).not.toBe(source?.id)
    expect(await page.errors()).toEqual([])
  })
}

/** Drops a copy of a library video, under a new name. */
async function dropCopy(path: string, name: string) {
  const bytes = await (await fetch(path)).blob()
  const dataTransfer = new DataTransfer()
  dataTransfer.items.add(new File([bytes], name, { type: bytes.type }))
  for (const type of ['dragenter', 'dragover', 'drop']) {
    document
      .querySelector('[data-drop-chapter]')
      ?.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
  }
}
