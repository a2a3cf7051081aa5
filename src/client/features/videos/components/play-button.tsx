import { useLocalDuration } from '#client/lib/local-durations.ts'
import { Thumbnail } from '#client/lib/thumbnail.tsx'
import type { Video } from '#contract/videos.ts'
import { formatDuration } from '#shared/duration.ts'
import { isolate } from '#shared/isolate.ts'
import type { ShownVideo } from '../fold-videos.ts'

type PlayButtonProps = { video: ShownVideo; onPlay: (video: Video) => void; tabIndex: number }

/** A video's thumbnail and duration, as a button that plays the video. */
export const PlayButton = ({ video, onPlay, tabIndex }: PlayButtonProps) => (
  <span className="relative row-span-2 my-0.5 h-9 w-16 overflow-hidden rounded-sm bg-sunken max-sm:row-span-1 max-sm:my-1 max-sm:h-8 max-sm:w-12">
    <button
      type="button"
      tabIndex={tabIndex}
      aria-label={`Play ${video.filename}`}
      title={`Play ${isolate(video.filename)}`}
      onClick={() => onPlay(video)}
      className="play-button block size-full rounded-sm"
    >
      <Thumbnail
        mediaId={video.mediaId}
        isOnlyLocal={video.isUploading}
        width={64}
        height={36}
        loading="lazy"
        className="size-full object-cover"
      />
    </button>
    {video.durationSeconds > 0 ? (
      <Duration seconds={video.durationSeconds} />
    ) : (
      <LocalDuration mediaId={video.mediaId} />
    )}
  </span>
)

/** The duration that this page has read from the file it is uploading. */
function LocalDuration({ mediaId }: { mediaId: string }) {
  const seconds = useLocalDuration(mediaId)
  return seconds > 0 && <Duration seconds={seconds} />
}

const Duration = ({ seconds }: { seconds: number }) => (
  <span className="pointer-events-none absolute right-0.5 bottom-0.5 rounded-xs bg-black/75 px-0.5 text-xs leading-none text-white tabular-nums print:[print-color-adjust:exact]">
    {formatDuration(seconds)}
  </span>
)
