import type { Video } from '#contract/videos.ts'
import { formatCount } from '#shared/count.ts'
import { isolate } from '#shared/isolate.ts'

/** Describes a single video by its filename, and several by their number. */
export const describeVideos = (videos: readonly Pick<Video, 'filename'>[]): string =>
  videos.length === 1 ? isolate(videos[0]?.filename ?? '') : formatCount(videos.length, 'video')
