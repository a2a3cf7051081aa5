import { configureStore } from '@reduxjs/toolkit'
import { createApi, fakeBaseQuery } from '@reduxjs/toolkit/query/react'
import { type PropsWithChildren, useMemo } from 'react'
import { Provider as StoreProvider } from 'react-redux'
import type { MediaPick, Video } from '#contract/videos.ts'
import type { CreateContender } from '../layer.ts'
import { createVideos, sortVideos, toLink, toRow } from '../rows.ts'

type Videos = Record<string, Video>

/**
 * A mutation for each link, whose patch is undone if it fails, and which puts the response into the
 * list (https://redux-toolkit.js.org/rtk-query/usage/manual-cache-updates, “Optimistic Updates” and
 * “Pessimistic Updates”). The cache holds the videos by id: in an array, undoing one of many
 * patches would remove the rows after it.
 */
export const createContender: CreateContender = ({ chapterId, server }) => {
  const api = createApi({
    baseQuery: fakeBaseQuery<{ message: string }>(),
    tagTypes: ['Videos'],
    endpoints: (build) => ({
      videos: build.query<Videos, string>({
        queryFn: (_chapterId, { signal }) => toResult<Videos>(server.list(signal).then(toVideos)),
        providesTags: ['Videos'],
      }),
      link: build.mutation<Video, Video>({
        queryFn: (video) => toResult(server.link(toLink(video))),
        onQueryStarted: async (video, { dispatch, queryFulfilled }) => {
          const patch = dispatch(
            api.util.updateQueryData('videos', chapterId, (draft) => {
              draft[video.id] = video
            }),
          )
          try {
            const { data } = await queryFulfilled
            dispatch(
              api.util.updateQueryData('videos', chapterId, (draft) => {
                // A name that was typed meanwhile has its own mutation.
                const filename = draft[data.id]?.filename ?? data.filename
                draft[data.id] = { ...data, filename }
              }),
            )
          } catch {
            patch.undo()
          }
        },
      }),
      rename: build.mutation<Video, { video: Video; filename: string }>({
        queryFn: ({ video, filename }) => toResult(server.rename(video, filename)),
        onQueryStarted: async ({ video, filename }, { dispatch, queryFulfilled }) => {
          const patch = dispatch(
            api.util.updateQueryData('videos', chapterId, (draft) => {
              const shown = draft[video.id]
              if (shown) shown.filename = filename
            }),
          )
          try {
            const { data } = await queryFulfilled
            dispatch(
              api.util.updateQueryData('videos', chapterId, (draft) => {
                draft[data.id] = data
              }),
            )
          } catch {
            patch.undo()
          }
        },
      }),
    }),
  })
  const store = configureStore({
    reducer: { [api.reducerPath]: api.reducer },
    middleware: (defaults) => defaults().concat(api.middleware),
  })

  const Provider = ({ children }: PropsWithChildren) => (
    <StoreProvider store={store}>{children}</StoreProvider>
  )

  function useLayer() {
    const { data } = api.useVideosQuery(chapterId)
    const videos = useMemo(() => data && sortVideos(Object.values(data)), [data])
    const [link] = api.useLinkMutation()
    const [rename] = api.useRenameMutation()
    return {
      rows: videos?.map(toRow),
      add: (picks: readonly MediaPick[]) => {
        for (const video of createVideos(chapterId, videos ?? [], picks)) void link(video)
      },
      rename: (id: string, filename: string) => {
        const video = videos?.find((listed) => listed.id === id)
        if (video) void rename({ video, filename })
      },
      refetch: () => void store.dispatch(api.util.invalidateTags(['Videos'])),
    }
  }

  return { Provider, useLayer }
}

const toVideos = (list: readonly Video[]): Videos =>
  Object.fromEntries(list.map((video) => [video.id, video]))

/** Converts a response to the form that RTK Query expects. */
const toResult = <Data,>(sent: Promise<Data>) =>
  sent.then(
    (data) => ({ data }),
    (error: Error) => ({ error: { message: error.message } }),
  )
