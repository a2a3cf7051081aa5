import { useState } from 'react'
import { serverUrl } from '#client/lib/http.ts'
import { fileUrl } from '#contract/media.ts'
import { ModalDialog } from '#ui/dialog.tsx'
import { ErrorNotice } from '#ui/feedback.tsx'

type PlayerDialogProps = { mediaId: string; filename: string; onClose: () => void }

export function PlayerDialog({ mediaId, filename, onClose }: PlayerDialogProps) {
  const [attempt, setAttempt] = useState(0)
  const [failed, setFailed] = useState(false)

  return (
    <ModalDialog title={filename} size="wide" onClose={onClose}>
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
      {/* biome-ignore lint/a11y/useMediaCaption: the library has no captions */}
      <video
        key={attempt}
        ref={focus}
        hidden={failed}
        aria-label={filename}
        src={serverUrl(fileUrl(mediaId))}
        controls
        autoPlay
        playsInline
        onError={() => setFailed(true)}
        className="aspect-video max-h-[70dvh] w-full bg-black object-contain"
      />
    </ModalDialog>
  )
}

const focus = (video: HTMLVideoElement | null) => video?.focus()
