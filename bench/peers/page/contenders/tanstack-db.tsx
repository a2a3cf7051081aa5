import { queryCollectionOptions } from '@tanstack/query-db-collection'
import { createCollection, useLiveQuery } from '@tanstack/react-db'
import type { MediaPick, Video } from '#contract/videos.ts'
import type { CreateContender } from '../layer.ts'
import { createVideos, toLink, toRow } from '../rows.ts'
import { createCache } from './query-client.tsx'

/**
 * A query collection with optimistic inserts. The server's response is written to the collection,
 * so that it need not be fetched again
 * (https://tanstack.com/db/latest/docs/collections/query-collection, “Incremental Updates”). Each
 * pick is a transaction of its own, since a transaction that fails rolls back everything in it
 * (https://tanstack.com/db/latest/docs/guides/mutations).
 */
export const createContender: CreateContender = ({ chapterId, server }) => {
  const { queryClient, Provider, queryKey } = createCache()

  const videos = createCollection(
    queryCollectionOptions({
      queryKey,
      queryClient,
      queryFn: ({ signal }) => server.list(signal),
      getKey: (video: Video) => video.id,
      onInsert: async ({ transaction, collection }) => {
        const answers = await Promise.all(
          transaction.mutations.map(({ modified }) => server.link(toLink(modified))),
        )
        collection.utils.writeBatch(() => {
          for (const video of answers) collection.utils.writeUpsert(video)
        })
        return { refetch: false }
      },
      onUpdate: async ({ transaction, collection }) => {
        const answers = await Promise.all(
          transaction.mutations.map(({ original, modified }) =>
            server.rename(original as Video, modified.filename),
          ),
        )
        collection.utils.writeBatch(() => {
          for (const video of answers) collection.utils.writeUpsert(video)
        })
        return { refetch: false }
      },
    }),
  )

  const ignoreRefusal = () => {}

  function useLayer() {
    const { data, isReady } = useLiveQuery({
      query: (q) =>
        q
          .from({ video: videos })
          .orderBy(({ video }) => video.position, { direction: 'asc', stringSort: 'lexical' }),
    })
    return {
      rows: isReady ? data.map(toRow) : undefined,
      add: (picks: readonly MediaPick[]) => {
        for (const video of createVideos(chapterId, data, picks)) {
          videos.insert(video).isPersisted.promise.catch(ignoreRefusal)
        }
      },
      rename: (id: string, filename: string) => {
        const change = videos.update(id, (draft) => {
          draft.filename = filename
        })
        change.isPersisted.promise.catch(ignoreRefusal)
      },
      refetch: () => void videos.utils.refetch(),
    }
  }

  return { Provider, useLayer }
}
