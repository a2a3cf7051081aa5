import { create } from 'zustand'
import { thumbnailUrl } from '#contract/media.ts'
import { serverUrl } from './http.ts'

/** The assets that got a thumbnail after the page was loaded. */
const useNewThumbnails = create<{ ids: ReadonlySet<string> }>()(() => ({ ids: new Set() }))

/** Shows the thumbnail that an asset has got just now, wherever it is shown without one. */
export const noteThumbnail = (mediaId: string): void =>
  useNewThumbnails.setState(({ ids }) => ({ ids: new Set(ids).add(mediaId) }))

type ThumbnailProps = {
  mediaId: string
  className: string
  width?: number
  height?: number
  loading?: 'lazy'
}

/** The picture of an asset; nothing where it has none. */
export function Thumbnail({ mediaId, ...image }: ThumbnailProps) {
  const isNew = useNewThumbnails(({ ids }) => ids.has(mediaId))
  return (
    <img
      // One that could not be loaded is not tried again under the same key.
      key={`${mediaId} ${isNew}`}
      src={serverUrl(thumbnailUrl(mediaId)) + (isNew ? '?new' : '')}
      alt=""
      decoding="async"
      draggable={false}
      onError={({ currentTarget }) => {
        currentTarget.hidden = true
      }}
      {...image}
    />
  )
}
