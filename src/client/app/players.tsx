import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { fileUrl, type MediaAsset } from '#contract/media.ts'
import type { Video } from '#contract/videos.ts'
import { CaptionTracks } from '../features/media/components/caption-tracks.tsx'
import { type Playable, PlayerDialog } from '../features/player/components/player-dialog.tsx'
import { findLocalUrl } from '../features/uploads/kept-files.ts'
import { useAuthoring } from '../features/videos/authoring-context.tsx'
import { readShownVideos } from '../features/videos/use-chapter.ts'
import { serverUrl } from '../lib/http.ts'
import { closeDialog } from './dialog.store.ts'

/** Plays a video and those after it in its chapter, from the local file if this page has it. */
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
      renderTracks={renderTracks}
      onClose={closeDialog}
    />
  )
}

type AssetPreviewProps = { asset: MediaAsset; onClose: () => void }

/** Plays an asset of the library, without picking or opening it. */
export const AssetPreview = ({ asset: { id, filename }, onClose }: AssetPreviewProps) => (
  <PlayerDialog
    videos={[toPlayable({ id, filename, mediaId: id })]}
    startId={id}
    renderTracks={renderTracks}
    onClose={onClose}
  />
)

const renderTracks = (mediaId: string) => <CaptionTracks mediaId={mediaId} />

const toPlayable = ({
  id,
  filename,
  mediaId,
}: Pick<Video, 'id' | 'filename' | 'mediaId'>): Playable => ({
  id,
  filename,
  mediaId,
  url: findLocalUrl(mediaId) ?? serverUrl(fileUrl(mediaId)),
})
