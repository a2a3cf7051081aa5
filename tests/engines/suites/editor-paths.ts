import { expect } from 'vitest'
import { readActiveStates } from '#charts/xstate-internals.ts'
import { videoModel } from '../../models/video.model.ts'
import type { Typing } from '../course-page.ts'
import { createEditorPaths } from '../editor-paths.ts'
import type { TestOnStage } from '../engine-test.ts'
import { eventually } from '../page.ts'
import { dispatch, pickHeld, takeStep, videoSteps } from '../video-steps.ts'

export function testEditorPaths(test: TestOnStage) {
  test.for(createEditorPaths(videoModel, Object.keys(videoSteps)))(
    'an editor open in $state keeps its text, caret and focus',
    async ({ path }, { stage }) => {
      const video = await pickHeld(stage, path.inputName)
      const { view, videoId, chapterId } = video
      const [, sibling] = await view.names()
      let typing: Typing | null = null
      for (const [index, caseName] of path.caseNames.entries()) {
        await takeStep(video, caseName, readActiveStates(path.steps[index + 1]?.state))
        if (caseName === 'edit') typing = await view.typing(videoId)
        expect(await view.typing(videoId), caseName).toEqual(typing)
      }

      stage.network.release()
      await dispatch(stage, 'online')
      await view.save(videoId)
      await eventually(view.statuses).toEqual(['linked', 'linked'])
      const names = [typing?.text, sibling]
      await eventually(view.names).toEqual(names)
      await eventually(() => stage.api.filenames(chapterId)).toEqual(names)
    },
  )
}
