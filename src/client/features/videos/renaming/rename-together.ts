import { readSaved, type ShownVideo } from '../fold-videos.ts'
import { dispatchToVideo } from '../use-chapter.ts'
import type { Authoring } from '../videos.actors.ts'

/** A video and the name to give it. */
export interface Rename {
  video: ShownVideo
  filename: string
}

/** Renames videos at once. Each name is sent, and can fail, by itself. */
export function renameTogether(authoring: Authoring, renames: readonly Rename[]) {
  for (const { video, filename } of renames) {
    dispatchToVideo(authoring, video, { type: 'video.edit', saved: readSaved(video) })
    dispatchToVideo(authoring, video, { type: 'video.rename', filename })
  }
}
