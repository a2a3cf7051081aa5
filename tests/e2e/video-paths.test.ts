import { describe, expect } from 'vitest'
import { listNodes, readActiveNodes } from '#charts/xstate-internals.ts'
import { videoMachine } from '#machines/video.machine.ts'
import { createPagePaths } from '../models/page/video.page-model.ts'
import {
  createVideoPageTest,
  formatTitle,
  getStart,
  walkOnPage,
} from '../models/page/video.page-test.ts'
import { endToEndTest, loadError } from '../support/e2e-test.ts'
import { openVideoPage } from '../support/e2e-video-page.ts'

const test = endToEndTest()
const paths = createPagePaths('states')

describe('with the real server, a video follows its chart', () => {
  test.for(paths.map((path) => [formatTitle(path), path] as const))(
    '%s',
    async ([, path], { page, api, expectedErrors }) => {
      expectedErrors.push(...[403, 412, 'net::ERR_'].map(loadError))
      const { videoPage, filename } = await openVideoPage(page, api, getStart(path))
      await walkOnPage(path, createVideoPageTest(videoPage, filename, getStart(path)))
    },
  )

  test('into every state', () => {
    const visited = paths.flatMap(({ steps }) =>
      steps.flatMap(({ state }) => readActiveNodes(state)),
    )
    const ids = new Set(visited.map(({ id }) => id))
    const missed = listNodes(videoMachine).filter(({ id }) => !ids.has(id))
    // A pick is sent with the press, so a page with one video never stays in that state.
    expect(missed.map(({ id }) => id)).toEqual(['video.link.optimistic'])
  })
})
