import { createAuthoringPathTest } from './authoring.path-test.ts'
import { createChapterPathTest } from './chapter.path-test.ts'
import type { MachineId } from './models.ts'
import type { CreatePathTest } from './started-path-test.ts'
import { createUploadPathTest } from './upload.path-test.ts'
import { createUploadsPathTest } from './uploads.path-test.ts'
import { createVideoPathTest } from './video.path-test.ts'

/** The path tests by machine. */
export const pathTests: Record<MachineId, CreatePathTest> = {
  video: createVideoPathTest,
  chapter: createChapterPathTest,
  authoring: createAuthoringPathTest,
  upload: createUploadPathTest,
  uploads: createUploadsPathTest,
}
