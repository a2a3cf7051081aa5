import { type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import { Button } from '#ui/button.tsx'
import { ModalDialog } from '#ui/dialog.tsx'
import { ErrorNotice } from '#ui/feedback.tsx'
import { Select } from '#ui/select.tsx'

/** A video that can be played. */
export interface Playable {
  id: string
  filename: string
  url: string
  mediaId: string
}

type PlayerDialogProps = {
  /** The videos to play, one after the other. */
  videos: readonly Playable[]
  /** The id of the first one to play. */
  startId: string
  /** Renders the `<track>`s of an asset’s captions. */
  renderTracks: (mediaId: string) => ReactNode
  onClose: () => void
}

/** Plays a video, then those that follow it. */
export function PlayerDialog({ videos, startId, renderTracks, onClose }: PlayerDialogProps) {
  const [playedId, setPlayedId] = useState(startId)
  const [speed, setSpeed] = useState<Speed>('1')
  const index = videos.findIndex(({ id }) => id === playedId)
  const video = videos[index]
  const previous = videos[index - 1]
  const next = videos[index + 1]
  useCloseKey(onClose)
  if (!video) return null
  return (
    <ModalDialog title={video.filename} size="wide" onClose={onClose}>
      <Player
        key={video.id}
        video={video}
        speed={Number(speed)}
        tracks={renderTracks(video.mediaId)}
        onEnded={() => next && setPlayedId(next.id)}
      />
      <footer className="flex flex-wrap items-center gap-2 px-5 py-3 max-sm:px-4">
        <Button aria-disabled={!previous} onClick={() => previous && setPlayedId(previous.id)}>
          Previous
        </Button>
        <Button aria-disabled={!next} onClick={() => next && setPlayedId(next.id)}>
          Next
        </Button>
        <p role="status" className="min-w-0 flex-1 text-ink-soft tabular-nums">
          {videos.length > 1 && `${index + 1} of ${videos.length}`}
        </p>
        <Select label="Speed" value={speed} options={speeds} onChange={setSpeed} />
      </footer>
    </ModalDialog>
  )
}

/** Escape closes the dialog wherever the focus is: a video that fails to load loses the focus. */
function useCloseKey(onClose: () => void) {
  const close = useEffectEvent(onClose)
  useEffect(() => {
    const controller = new AbortController()
    const handleKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      close()
    }
    window.addEventListener('keydown', handleKey, { capture: true, signal: controller.signal })
    return () => controller.abort()
  }, [])
}

type Speed = '0.5' | '0.75' | '1' | '1.25' | '1.5' | '2'

const speeds: Record<Speed, string> = {
  '0.5': '0.5×',
  '0.75': '0.75×',
  '1': 'Normal speed',
  '1.25': '1.25×',
  '1.5': '1.5×',
  '2': '2×',
}

type PlayerProps = { video: Playable; speed: number; tracks: ReactNode; onEnded: () => void }

function Player({ video, speed, tracks, onEnded }: PlayerProps) {
  const [attempt, setAttempt] = useState(0)
  const [failed, setFailed] = useState(false)
  const [element, setElement] = useState<HTMLVideoElement | null>(null)

  // There is no attribute for the playback rate.
  useEffect(() => {
    if (element) element.playbackRate = speed
  }, [element, speed])

  // After the dialog has taken the focus: until then, another dialog would take it back.
  useEffect(() => element?.focus(), [element])

  return (
    <>
      {failed && (
        <div className="px-5 pb-4 max-sm:px-4">
          <ErrorNotice
            title="This video can’t be played here."
            reason="The file may be damaged or missing, or this browser does not support its format."
            onRetry={() => {
              setFailed(false)
              setAttempt(attempt + 1)
            }}
          />
        </div>
      )}
      {/* biome-ignore lint/a11y/useMediaCaption: the tracks are those of the asset */}
      <video
        key={attempt}
        ref={setElement}
        hidden={failed}
        aria-label={video.filename}
        src={video.url}
        controls
        autoPlay
        playsInline
        onError={() => setFailed(true)}
        onEnded={onEnded}
        className="aspect-video max-h-[70dvh] w-full bg-black object-contain"
      >
        {tracks}
      </video>
    </>
  )
}
