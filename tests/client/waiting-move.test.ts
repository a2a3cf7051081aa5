import { afterEach, expect, test, vi } from 'vitest'
import { videosQuery } from '#client/features/videos/api/list-videos.ts'
import { moveVideos } from '#client/features/videos/move-videos.ts'
import { createQueryClient } from '#client/lib/query-client.ts'
import { openQuietPage, linkedRow as row } from './quiet-page.ts'
import { withResolvers } from './with-resolvers.ts'

afterEach(() => vi.unstubAllGlobals())

const targetId = '01900000-0000-7000-8000-0000000000c2'

/** Answers requests when the test calls their function in `answers`. */
function holdRequests() {
  const answers: ((response: Response) => void)[] = []
  vi.stubGlobal('fetch', (_: string, { signal }: RequestInit) => {
    const { promise, resolve, reject } = withResolvers<Response>()
    signal?.addEventListener('abort', () => reject(signal.reason))
    answers.push(resolve)
    return promise
  })
  return answers
}

test('a move to a chapter whose list is requested again waits for the new answer', async () => {
  const answers = holdRequests()
  const queryClient = createQueryClient()
  queryClient.setQueryData(videosQuery(row.chapterId).queryKey, { videos: [row], requestedAt: 0 })
  const authoring = openQuietPage(queryClient)
  moveVideos(authoring, queryClient, [row], { chapterId: targetId })
  await vi.waitFor(() => expect(answers).toHaveLength(1))
  await queryClient.cancelQueries({ queryKey: videosQuery(targetId).queryKey })
  await vi.waitFor(() => expect(answers).toHaveLength(2))
  answers[1]?.(Response.json({ videos: [] }))
  await vi.waitFor(() =>
    expect(authoring.getSnapshot().context.history.past).toMatchObject([
      { kind: 'move', operations: [{ id: row.id, to: { chapterId: targetId } }] },
    ]),
  )
  authoring.stop()
})
