import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { fileUrl } from '#contract/media.ts'
import type { Video } from '#contract/videos.ts'
import { CaptionTracks } from '../features/media/components/caption-tracks.tsx'
import { type Playable, PlayerDialog } from '../features/player/components/player-dialog.tsx'
import { findLocalUrl } from '../features/uploads/kept-files.ts'
import { useAuthoring } from '../features/videos/authoring-context.tsx'
import { readShownVideos } from '../features/videos/use-chapter.ts'
import { serverUrl } from '../lib/http.ts'
import { closeDialog } from './dialog.store.ts'

/** Plays a video and those that follow it in its chapter, from this page where it has the file. */
export function ChapterPlayer({ video }: { video: Video }) {
  const authoring = useAuthoring()
  const queryClient = useQueryClient()
  const [videos] = useState(() => {
    const shown = readShownVideos(authoring, queryClient, video.chapterId)
    return (shown.some(({ id }) => id === video.id) ? shown : [video]).map(toPlayable)
  })
  return (
    <PlayerDialog
      videos={videos}
      startId={video.id}
      renderTracks={(mediaId) => <CaptionTracks mediaId={mediaId} />}
      onClose={closeDialog}
    />
  )
}

const toPlayable = ({ id, filename, mediaId }: Video): Playable => ({
  id,
  filename,
  mediaId,
  url: findLocalUrl(mediaId) ?? serverUrl(fileUrl(mediaId)),
})
