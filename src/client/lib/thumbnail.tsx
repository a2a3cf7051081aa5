import { create } from 'zustand'
import { thumbnailUrl } from '#contract/media.ts'
import { serverUrl } from './http.ts'

/**
 * Where the thumbnails are that were made after the page was loaded, by the assets' ids: in this
 * page, until the server has them.
 */
const useNewThumbnails = create<{ urls: Readonly<Record<string, string>> }>()(() => ({ urls: {} }))

/**
 * Shows an image as the thumbnail of an asset, until the server has one.
 * @param url a `data:` address: the page’s policy allows images no other of its own
 */
export const noteLocalThumbnail = (mediaId: string, url: string): void => noteUrl(mediaId, url)

/** Shows the thumbnail that an asset has got just now, wherever it is shown without one. */
export const noteThumbnail = (mediaId: string): void =>
  noteUrl(mediaId, `${serverUrl(thumbnailUrl(mediaId))}?new`)

const noteUrl = (mediaId: string, url: string): void =>
  useNewThumbnails.setState(({ urls }) => ({ urls: { ...urls, [mediaId]: url } }))

const isLocal = (url: string | undefined) => url?.startsWith('data:') === true

type ThumbnailProps = {
  mediaId: string
  className: string
  width?: number
  height?: number
  loading?: 'lazy'
  /** The server does not have the asset yet. */
  isOnlyLocal?: boolean
}

/** The picture of an asset; nothing where it has none. */
export function Thumbnail({ mediaId, isOnlyLocal = false, ...image }: ThumbnailProps) {
  const newUrl = useNewThumbnails(({ urls }) => urls[mediaId])
  if (isOnlyLocal && !isLocal(newUrl)) return null
  return (
    <img
      // One that could not be loaded is not tried again under the same key.
      key={`${mediaId} ${newUrl}`}
      src={newUrl ?? serverUrl(thumbnailUrl(mediaId))}
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
