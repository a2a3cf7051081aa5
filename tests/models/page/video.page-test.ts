import { formatCount } from '#shared/count.ts'
import { checkModel, type ModelPath, type PathTest } from '../../support/model.ts'
import { firstFilename, isPick, type VideoStart } from '../video.model.ts'
import { pageEvents } from './video.page-events.ts'
import { notTakenOnPage, videoPageModel } from './video.page-model.ts'
import { pageStates } from './video.page-states.ts'
import type { VideoPage } from './video-page.ts'

export type VideoPageTest = Required<PathTest>

/** Creates the test of a path on a page that shows one video with this name. */
export function createVideoPageTest(
  page: VideoPage,
  filename: string,
  start: VideoStart,
): VideoPageTest {
  const onPage = (name: string) => (name === firstFilename ? filename : name)
  return {
    events: pageEvents(page, onPage),
    states: pageStates(page, onPage, isPick(start)),
  }
}

/** Walks a path on the page, after checking that no step or assertion is missing. */
export async function walkOnPage(path: ModelPath, test: VideoPageTest): Promise<void> {
  checkModel(
    videoPageModel,
    test,
    notTakenOnPage.flatMap(({ names }) => names),
  )
  await path.test(test)
}

/** Returns how the video of a path starts. */
export const getStart = ({ inputName }: ModelPath) => inputName as VideoStart

export const formatTitle = ({ name, inputName, caseNames }: ModelPath) =>
  `${name}, from ${inputName}, in ${formatCount(caseNames.length, 'step')}`
