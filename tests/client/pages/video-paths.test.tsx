import { describe, expect } from 'vitest'
import type { AnyMachineSnapshot } from 'xstate'
import { createPagePaths, findMissed, notTakenOnPage } from '../../models/page/video.page-model.ts'
import {
  createVideoPageTest,
  formatTitle,
  getStart,
  type VideoPageTest,
  walkOnPage,
} from '../../models/page/video.page-test.ts'
import type { VideoStart } from '../../models/video.model.ts'
import { openVideoPage } from '../../support/component-video-page.ts'
import { type Fixtures, test } from '../../support/page-test.tsx'

const filename = 'Lesson 1.mp4'
const paths = createPagePaths('transitions')

/**
 * Creates a test that follows a path on an open page, where the video's actor and the fold must
 * agree with the chart.
 */
async function openTest(fixtures: Fixtures, start: VideoStart): Promise<VideoPageTest> {
  const page = await openVideoPage(fixtures, filename, start)
  const { events, states } = createVideoPageTest(page, filename, start)
  const video = async (model: AnyMachineSnapshot) => {
    await expect.poll(page.standing).toEqual(model.value)
    await page.expectFold()
  }
  return { events, states: { video, ...states } }
}

describe('on the page, a video follows its chart', () => {
  test.for(paths.map((path) => [formatTitle(path), path] as const))(
    '%s',
    async ([, path], { server, network, open }) => {
      await walkOnPage(path, await openTest({ server, network, open }, getStart(path)))
    },
  )

  test('along every transition except those listed with a reason', () => {
    expect(findMissed(paths)).toEqual(notTakenOnPage.flatMap(({ names }) => names).toSorted())
  })
})

test('following a path fails if a step or an assertion is missing', async ({
  server,
  network,
  open,
}) => {
  const [path] = paths
  if (!path) throw new Error('The model has no path')
  const { events, states } = await openTest({ server, network, open }, getStart(path))
  for (const event of Object.keys(events)) {
    await expect(walkOnPage(path, { states, events: without(events, event) })).rejects.toThrow(
      `'events' has no driver for ${event} of video.`,
    )
  }
  for (const state of Object.keys(states).filter((id) => id !== 'video')) {
    await expect(walkOnPage(path, { events, states: without(states, state) })).rejects.toThrow(
      `'states' has no assertion for ${state}.`,
    )
  }
})

const without = <Value extends object>(values: Value, removed: string): Value => {
  const { [removed as keyof Value]: _, ...others } = values
  return others as Value
}
