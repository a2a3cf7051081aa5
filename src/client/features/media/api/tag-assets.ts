import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { makeChange, useChanges } from '#client/lib/changes.ts'
import { request } from '#client/lib/http.ts'
import { listPending } from '#client/lib/made-changes.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { MediaAsset } from '#contract/media.ts'
import type { MediaTagged, MediaTagging } from '#contract/media-tags.ts'
import { foldTags } from '../fold-tags.ts'
import { maxRetries } from './make-asset-change.ts'

const tagsQuery = queryOptions({
  queryKey: queryKeys.mediaTags,
  queryFn: ({ signal }) => request('GET /api/media-tags', { signal }),
  select: ({ tags }) => tags,
  staleTime: 30_000,
  meta: { keep: (tags: unknown) => tags },
})

/** The tags of the library, each with the number of its assets. */
export const useTags = () => useQuery(tagsQuery)

/**
 * Adds a tag to assets or removes it, and resolves with those that this has changed.
 * @throws ProblemError if the server refuses it; NoResponseError if there is no response
 */
export const tagAssets = (queryClient: QueryClient, tagging: MediaTagging): Promise<MediaTagged> =>
  makeChange(queryClient, changesKey, tagging, {
    scope: { id: 'media tags' },
    send: () => request('PATCH /api/media', { body: tagging }),
    applyResponse: () => queryClient.invalidateQueries({ queryKey: queryKeys.allMedia }),
    retries: maxRetries,
  })

const changesKey = ['media tags']

/** Assets with the tags that they will have once all pending changes are saved. */
export function useTagged(media: readonly MediaAsset[] | undefined) {
  const changes = useChanges<MediaTagging>(...changesKey)
  return useMemo(() => media && foldTags(media, listPending(changes)), [media, changes])
}

/** Assets as they were read earlier, with the tags that have been changed here since. */
export function useRetagged(media: readonly MediaAsset[]) {
  const changes = useChanges<MediaTagging>(...changesKey)
  const [earlier] = useState(changes.length)
  return useMemo(() => {
    const made = changes.slice(earlier).filter(({ status }) => status !== 'error')
    return foldTags(
      media,
      made.map(({ change }) => change),
    )
  }, [media, changes, earlier])
}
