import { initTRPC, TRPCError } from '@trpc/server'
import { idSchema } from '#contract/ids.ts'
import { filenameSchema } from '#contract/names.ts'
import { linkSchema, type Video } from '#contract/videos.ts'
import { z } from '#contract/zod.ts'

/** Handles a request to the app. */
export type AnswerRequest = (request: Request) => Promise<Response>

interface Context {
  answer: AnswerRequest
}

const { router, procedure } = initTRPC.context<Context>().create()

/** The page's three calls as procedures, each of which is handled by the app's own route. */
export const peersRouter = router({
  list: procedure.input(z.object({ chapterId: idSchema })).query(async ({ ctx, input }) => {
    const path = `/api/chapters/${input.chapterId}/videos`
    const { videos } = await call<{ videos: Video[] }>(ctx, 'GET', path)
    return videos
  }),

  link: procedure
    .input(z.object({ chapterId: idSchema, link: linkSchema }))
    .mutation(({ ctx, input: { chapterId, link } }) => {
      const { id, ...content } = link
      return call<Video>(ctx, 'PUT', `/api/chapters/${chapterId}/videos/${id}`, content)
    }),

  rename: procedure
    .input(z.object({ id: idSchema, version: z.int(), filename: filenameSchema }))
    .mutation(({ ctx, input: { id, version, filename } }) =>
      call<Video>(ctx, 'PATCH', `/api/videos/${id}`, { filename }, { 'if-match': `"${version}"` }),
    ),
})

export type PeersRouter = typeof peersRouter

async function call<Data>(
  { answer }: Context,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Data> {
  const request = new Request(`http://localhost${path}`, {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const response = await answer(request)
  // The contract says what the route answers.
  if (response.ok) return (await response.json()) as Data
  throw new TRPCError({
    code: 'CONFLICT',
    message: `The request failed with status ${response.status}`,
  })
}
