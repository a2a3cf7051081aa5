import { create } from 'zustand'
import { thumbnailUrl } from '#contract/media.ts'
import { serverUrl } from './http.ts'

/**
 * The URLs of thumbnails that were made since the page was loaded, by asset id. They are local to
 * this page until the server has the thumbnails.
 */
const useNewThumbnails = create<{ urls: Readonly<Record<string, string>> }>()(() => ({ urls: {} }))

/**
 * Shows an image as the thumbnail of an asset, until the server has one.
 * @param url a `data:` URL: the content security policy allows no other local image
 */
export const noteLocalThumbnail = (mediaId: string, url: string): void => noteUrl(mediaId, url)

/** Shows the new thumbnail of an asset wherever the asset is shown without one. */
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

/** The thumbnail of an asset, if it has one. */
export function Thumbnail({ mediaId, isOnlyLocal = false, ...image }: ThumbnailProps) {
  const newUrl = useNewThumbnails(({ urls }) => urls[mediaId])
  if (isOnlyLocal && !isLocal(newUrl)) return null
  return (
    <img
      // A new key retries an image that could not be loaded.
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
