import type { Model } from '../support/model.ts'
import { authoringModel } from './authoring.model.ts'
import { chapterModel } from './chapter.model.ts'
import { uploadModel } from './upload.model.ts'
import { uploadsModel } from './uploads.model.ts'
import { videoModel } from './video.model.ts'

/** The machines that are tested by their charts, by their ids. */
export const models = {
  video: videoModel,
  chapter: chapterModel,
  authoring: authoringModel,
  upload: uploadModel,
  uploads: uploadsModel,
} satisfies Record<string, Model>

export type MachineId = keyof typeof models

export const machineIds = Object.keys(models) as MachineId[]
