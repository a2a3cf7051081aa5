import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { ProblemError } from '#client/lib/http.ts'
import { createLinkBatcher, UnknownOutcomeError } from '#client/lib/link-batcher.ts'
import type { Link, Video } from '#contract/videos.ts'
import {
  chapterId,
  createId,
  createLineResponse,
  createLink,
  createResponse,
  createVideo,
  doneLine,
  linkedLine,
  openResponse,
  problemLine,
  problemWith,
} from './link-answers.ts'

type Send = (videos: Link[], signal: AbortSignal) => Response | Promise<Response>

/**
 * Creates a batcher whose requests are answered by `send`, and records what it sends and upserts.
 */
function createBatcher(send: Send, pause = () => Promise.resolve()) {
  const sent: { chapterId: string; ids: string[] }[] = []
  const upserted: { chapterId: string; videos: Video[] }[] = []
  const { link, prefetch } = createLinkBatcher({
    send: async (chapterId, videos, signal) => {
      sent.push({ chapterId, ids: videos.map(({ id }) => id) })
      return send(videos, signal)
    },
    upsert: (chapterId, videos) => upserted.push({ chapterId, videos }),
    pause,
  })
  const linkOne = (number: number, signal = createSignal()) =>
    link(chapterId, createLink(number), signal)
  return { link, linkOne, prefetch, sent, upserted }
}

const createSignal = () => new AbortController().signal

const nextImmediate = () => new Promise<void>((resolve) => setImmediate(resolve))

const listNumbers = (count: number) => Array.from({ length: count }, (_, index) => index)

/** Answers every link with success. */
const linkAll: Send = (videos) =>
  createLineResponse(
    ...videos.map((link) =>
      JSON.stringify({ id: link.id, status: 201, video: { ...createVideo(0), ...link } }),
    ),
    doneLine,
  )

/** Answers every link with a failure of the server. */
const failAll: Send = (videos) =>
  createLineResponse(
    ...videos.map(({ id }) => JSON.stringify({ id, status: 500, problem: problemWith(500) })),
    doneLine,
  )

const linked = (number: number) => ({ status: 'fulfilled', value: { video: createVideo(number) } })
const refused = (status: number) => ({
  status: 'fulfilled',
  value: { problem: problemWith(status) },
})
const unanswered = {
  status: 'rejected',
  reason: new UnknownOutcomeError('The response ended without a line for this video.'),
}
const unknown = (reason: unknown) => ({ status: 'rejected', reason })

describe('a batch', () => {
  test.each([
    { attempt: 2, batches: [20, 20, 5] },
    { attempt: 4, batches: Array.from({ length: 45 }, () => 1) },
  ])('is smaller at try $attempt', async ({ attempt, batches }) => {
    const { link, sent } = createBatcher(linkAll)
    await Promise.all(
      listNumbers(45).map((number) => link(chapterId, createLink(number), createSignal(), attempt)),
    )
    expect(sent.map(({ ids }) => ids.length)).toEqual(batches)
  })

  test('is smaller only by the tries that ended without the line of its link', async () => {
    const answers = [failAll, failAll, () => createLineResponse(doneLine), failAll, linkAll]
    let answer: Send = linkAll
    const { link, sent } = createBatcher((videos, signal) => answer(videos, signal))
    const sizes: number[][] = []
    for (const [index, next] of answers.entries()) {
      answer = next
      sent.length = 0
      await Promise.allSettled(
        listNumbers(45).map((number) =>
          link(chapterId, createLink(number), createSignal(), index + 1),
        ),
      )
      sizes.push(sent.map(({ ids }) => ids.length))
    }
    expect(sizes).toEqual([[45], [45], [45], [20, 20, 5], [20, 20, 5]])
  })

  test.each([
    { try: 'first', attempt: 1, batches: [2, 1, 1] },
    { try: 'second', attempt: 2, batches: [4] },
  ])('at the $try try, with a link per task, has the sizes $batches', async (example) => {
    const { link, sent } = createBatcher(linkAll, nextImmediate)
    const linkOne = (number: number) =>
      link(chapterId, createLink(number), createSignal(), example.attempt)
    const answers = [0, 1].map(linkOne)
    for (const number of [2, 3]) {
      await nextImmediate()
      answers.push(linkOne(number))
    }
    await Promise.all(answers)
    expect(sent.map(({ ids }) => ids.length)).toEqual(example.batches)
  })

  test('with first tries is sent at once, while retries due in the same task wait for each other', async () => {
    const { link, sent } = createBatcher(linkAll, nextImmediate)
    const linkOne = (number: number, attempt: number) =>
      link(chapterId, createLink(number), createSignal(), attempt)
    const answers = [linkOne(0, 1), linkOne(1, 2)]
    await nextImmediate()
    answers.push(linkOne(2, 2))
    await Promise.all(answers)
    expect(sent.map(({ ids }) => ids.length)).toEqual([1, 2])
  })

  test.each([
    { count: 0, batches: [] },
    { count: 1, batches: [1] },
    { count: 200, batches: [200] },
    { count: 201, batches: [200, 1] },
  ])('has the sizes $batches for $count links of one tick', async ({ count, batches }) => {
    const { linkOne, sent } = createBatcher(linkAll)
    const answers = await Promise.all(listNumbers(count).map((number) => linkOne(number)))
    expect(sent.map(({ ids }) => ids.length)).toEqual(batches)
    expect(sent.flatMap(({ ids }) => ids)).toEqual(listNumbers(count).map(createId))
    expect(answers.map((answer) => 'video' in answer && answer.video.id)).toEqual(
      listNumbers(count).map(createId),
    )
  })

  test('is sent once per chapter', async () => {
    const { link, sent } = createBatcher(linkAll)
    const chapters = ['intro', 'outro', 'intro']
    await Promise.all(
      chapters.map((chapter, number) => link(chapter, createLink(number), createSignal())),
    )
    expect(sent).toEqual([
      { chapterId: 'intro', ids: [createId(0), createId(2)] },
      { chapterId: 'outro', ids: [createId(1)] },
    ])
  })

  test('is sent once per tick', async () => {
    const { linkOne, sent } = createBatcher(linkAll)
    await Promise.all([linkOne(1), linkOne(2)])
    await linkOne(3)
    expect(sent.map(({ ids }) => ids)).toEqual([[createId(1), createId(2)], [createId(3)]])
  })

  test('contains an id once that was requested twice, and answers both requests', async () => {
    const { linkOne, sent } = createBatcher(linkAll)
    const answers = await Promise.allSettled([linkOne(1), linkOne(1)])
    expect(sent).toEqual([{ chapterId, ids: [createId(1)] }])
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
  })
})

describe('an answer', () => {
  async function answerLinks(count: number, response: () => Response) {
    const { linkOne, upserted } = createBatcher(response)
    const answers = await Promise.allSettled(listNumbers(count).map((number) => linkOne(number)))
    return { answers, upserted }
  }

  test('settles each link by its own line, in any order', async () => {
    const { answers } = await answerLinks(3, () =>
      createLineResponse(linkedLine(2), problemLine(0, 409), linkedLine(1), doneLine),
    )
    expect(answers).toEqual([refused(409), linked(1), linked(2)])
  })

  test('without a row upserts nothing', async () => {
    const { answers, upserted } = await answerLinks(1, () =>
      createLineResponse(problemLine(0, 409), doneLine),
    )
    expect(answers).toEqual([refused(409)])
    expect(upserted).toEqual([])
  })

  test('that is cut leaves the remaining links unknown', async () => {
    const cut = new TypeError('terminated')
    const { answers } = await answerLinks(3, () => createResponse([`${linkedLine(1)}\n`], cut))
    expect(answers).toEqual([unknown(cut), linked(1), unknown(cut)])
  })

  test('that ends normally in the middle of a line leaves the remaining links unknown', async () => {
    const { answers } = await answerLinks(2, () =>
      createResponse([`${linkedLine(0)}\n`, linkedLine(1).slice(0, 40)]),
    )
    expect(answers).toEqual([linked(0), unanswered])
  })

  test('that is complete but lacks the line of a link leaves that link unknown', async () => {
    const { answers } = await answerLinks(2, () => createLineResponse(linkedLine(0), doneLine))
    expect(answers).toEqual([linked(0), unanswered])
  })

  test('without a body leaves every link unknown', async () => {
    const { answers } = await answerLinks(1, () => new Response(null))
    expect(answers).toEqual([unanswered])
  })

  test('that is a web page, such as a proxy’s, is described', async () => {
    const headers = { 'content-type': 'text/html' }
    const { answers } = await answerLinks(1, () => new Response('<p>Sign in</p>', { headers }))
    expect(answers).toMatchObject([
      { reason: { message: expect.stringContaining('You may need to sign in') } },
    ])
  })

  test('is cancelled if its rows can’t be upserted', async () => {
    const error = new Error('No room')
    const cancel = vi.fn()
    const { link } = createLinkBatcher({
      send: async () => {
        const start = (controller: ReadableStreamDefaultController<Uint8Array>) =>
          controller.enqueue(new TextEncoder().encode(`${linkedLine(0)}\n`))
        return new Response(new ReadableStream({ start, cancel }))
      },
      upsert: () => {
        throw error
      },
      pause: () => Promise.resolve(),
    })
    await expect(link(chapterId, createLink(0), createSignal())).rejects.toBe(error)
    expect(cancel).toHaveBeenCalledOnce()
  })

  test('needs no line break at the end', async () => {
    const { answers } = await answerLinks(1, () => createResponse([linkedLine(0)]))
    expect(answers).toEqual([linked(0)])
  })

  test('may contain garbage and lines for links that were not requested', async () => {
    const { answers, upserted } = await answerLinks(2, () =>
      createLineResponse(
        '',
        'null',
        '{"id":',
        '<html>',
        `{"id":"${createId(0)}","status":201}`,
        '{"status":201,"video":{}}',
        JSON.stringify({ id: createId(0), status: 409, problem: true }),
        JSON.stringify({ id: createId(0), status: 409, problem: { title: 'No' } }),
        JSON.stringify({ id: createId(0), status: 409, problem: problemWith(409), video: {} }),
        linkedLine(77),
        linkedLine(0),
        linkedLine(1),
      ),
    )
    expect(answers).toEqual([linked(0), linked(1)])
    expect(upserted).toEqual([{ chapterId, videos: [createVideo(0), createVideo(1)] }])
  })

  test('counts only the first line for a link', async () => {
    const { answers, upserted } = await answerLinks(2, () =>
      createResponse([
        `${linkedLine(0)}\n`,
        `${problemLine(0, 409)}\n`,
        `${linkedLine(0)}\n`,
        `${linkedLine(1)}\n`,
      ]),
    )
    expect(answers).toEqual([linked(0), linked(1)])
    expect(upserted.flatMap(({ videos }) => videos)).toEqual([createVideo(0), createVideo(1)])
  })

  test('may be split into chunks inside lines and characters', async () => {
    const bytes = new TextEncoder().encode(`${linkedLine(0)}\n${linkedLine(1)}\n`)
    const { answers } = await answerLinks(2, () =>
      createResponse(Array.from(bytes, (_, index) => bytes.slice(index, index + 1))),
    )
    expect(answers).toEqual([linked(0), linked(1)])
  })

  test.each([400, 404, 409, 410, 422, 499])(
    'refuses only one link by a line with %d',
    async (status) => {
      const { answers } = await answerLinks(2, () =>
        createLineResponse(problemLine(0, status), linkedLine(1)),
      )
      expect(answers).toEqual([refused(status), linked(1)])
    },
  )

  test.each([500, 503, 599])('leaves only one link unknown by a line with %d', async (status) => {
    const { answers } = await answerLinks(2, () =>
      createLineResponse(problemLine(0, status), linkedLine(1)),
    )
    expect(answers).toEqual([unknown(new ProblemError(status, problemWith(status))), linked(1)])
  })
})

describe('a request', () => {
  const sendRejecting = async (reason: unknown) => {
    const { linkOne } = createBatcher(() => Promise.reject(reason))
    return Promise.allSettled([linkOne(0), linkOne(1)])
  }

  test('refuses all its links by a 4xx', async () => {
    const answers = await sendRejecting(new ProblemError(404, problemWith(404)))
    expect(answers).toEqual([refused(404), refused(404)])
  })

  test.each([
    new ProblemError(503, problemWith(503)),
    new ProblemError(302, problemWith(302)),
    new TypeError('Failed to fetch'),
  ])('leaves all its links unknown by %o', async (reason) => {
    expect(await sendRejecting(reason)).toEqual([unknown(reason), unknown(reason)])
  })

  test('fails alone: those of another chapter and of the next tick succeed', async () => {
    const cut = new TypeError('Failed to fetch')
    const { link, linkOne } = createBatcher((videos, signal) =>
      videos.some(({ id }) => id === createId(0)) ? Promise.reject(cut) : linkAll(videos, signal),
    )
    const [first, second] = await Promise.allSettled([
      linkOne(0),
      link('outro', createLink(1), createSignal()),
    ])
    expect([first, second?.status]).toEqual([unknown(cut), 'fulfilled'])
    expect(await linkOne(2)).toMatchObject({ video: { id: createId(2) } })
  })
})

describe('rows', () => {
  test('are upserted before any of their links settles, together for each chunk', async () => {
    const order: unknown[] = []
    const { link } = createLinkBatcher({
      send: async () =>
        createResponse([
          `${linkedLine(0)}\n${problemLine(1, 409)}\n${linkedLine(2)}\n`,
          linkedLine(3),
        ]),
      upsert: (_, videos) => order.push(videos.map(({ id }) => id)),
      pause: () => Promise.resolve(),
    })
    await Promise.all(
      listNumbers(4).map((number) =>
        link(chapterId, createLink(number), createSignal()).then(() => order.push(number)),
      ),
    )
    expect(order).toEqual([[createId(0), createId(2)], 0, 1, 2, [createId(3)], 3])
  })

  test('settle in slices, with a task between them', async () => {
    const settledAtPause: number[] = []
    let settled = 0
    const { link } = createLinkBatcher({
      send: async (_, videos, signal) => linkAll(videos, signal),
      upsert: () => undefined,
      pause: () =>
        new Promise((resolve) =>
          setImmediate(() => {
            settledAtPause.push(settled)
            resolve()
          }),
        ),
    })
    const count = () => {
      settled += 1
    }
    await Promise.all(
      listNumbers(200).map((number) =>
        link(chapterId, createLink(number), createSignal()).then(count),
      ),
    )
    const whileGathering = 0
    expect(settledAtPause).toEqual([whileGathering, 100])
  })
})

describe('an aborted link', () => {
  const gone = new DOMException('Removed', 'AbortError')

  /** Starts links with their own abort controllers, whose response the test writes. */
  async function startOpen(count: number) {
    let answer: ReturnType<typeof openResponse> | undefined
    let requested: AbortSignal | undefined
    const { linkOne, upserted, sent } = createBatcher((_, signal) => {
      requested = signal
      answer = openResponse(signal)
      return answer.response
    })
    const controllers = listNumbers(count).map(() => new AbortController())
    const links = controllers.map(({ signal }, number) => linkOne(number, signal))
    const answers = Promise.allSettled(links)
    while (!answer) await Promise.resolve()
    return {
      controllers,
      links,
      answers,
      answer,
      upserted,
      sent,
      isAborted: () => requested?.aborted,
    }
  }

  test('is not sent if aborted before the request, and rejects', async () => {
    const { linkOne, sent } = createBatcher(linkAll)
    const controller = new AbortController()
    const answers = Promise.allSettled([linkOne(0, controller.signal), linkOne(1)])
    controller.abort(gone)
    expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
    expect(sent).toEqual([{ chapterId, ids: [createId(1)] }])
  })

  test('rejects if its signal was already aborted', async () => {
    const { linkOne, sent } = createBatcher(linkAll)
    await expect(linkOne(0, AbortSignal.abort(gone))).rejects.toBe(gone)
    expect(sent).toEqual([])
  })

  test('does not affect its siblings or their request, and its own row is not upserted', async () => {
    const { controllers, answers, answer, upserted, isAborted } = await startOpen(2)
    controllers[0]?.abort(gone)
    await answer.write(linkedLine(0))
    await answer.write(linkedLine(1))
    await answer.end()
    expect(await answers).toEqual([unknown(gone), linked(1)])
    expect(upserted.flatMap(({ videos }) => videos)).toEqual([createVideo(1)])
    expect(isAborted()).toBe(false)
  })

  test('does not affect another link of the same video', async () => {
    const controller = new AbortController()
    const { linkOne, sent } = createBatcher(() => {
      controller.abort(gone)
      return createLineResponse(linkedLine(1), doneLine)
    })
    const both = await Promise.allSettled([linkOne(1, controller.signal), linkOne(1)])
    expect(both).toEqual([unknown(gone), linked(1)])
    expect(sent).toEqual([{ chapterId, ids: [createId(1)] }])
  })

  test('aborts the request if no other link waits for it', async () => {
    const { controllers, answers, isAborted } = await startOpen(2)
    controllers[0]?.abort(gone)
    expect(isAborted()).toBe(false)
    controllers[1]?.abort(gone)
    expect(isAborted()).toBe(true)
    expect(await answers).toEqual([unknown(gone), unknown(gone)])
  })

  test('aborts the request even if the others have already been answered', async () => {
    const { controllers, links, answer, answers, isAborted } = await startOpen(2)
    await answer.write(linkedLine(0))
    await links[0]
    controllers[1]?.abort(gone)
    expect(isAborted()).toBe(true)
    expect(await answers).toEqual([linked(0), unknown(gone)])
  })
})

describe('prefetched links', () => {
  test('are sent at once, and not again when requested', async () => {
    const { linkOne, prefetch, sent, upserted } = createBatcher(linkAll)
    prefetch(chapterId, listNumbers(201).map(createLink))
    expect(sent.map(({ ids }) => ids.length)).toEqual([200, 1])
    expect(await Promise.all([linkOne(0), linkOne(200)])).toMatchObject([
      { video: { id: createId(0) } },
      { video: { id: createId(200) } },
    ])
    expect(sent).toHaveLength(2)
    expect(upserted.flatMap(({ videos }) => videos)).toHaveLength(201)
  })

  test('do not affect retries that are being batched', async () => {
    const { link, linkOne, prefetch, sent } = createBatcher(linkAll)
    const retries = [1, 2].map((number) => link(chapterId, createLink(number), createSignal(), 2))
    prefetch(chapterId, [createLink(0)])
    expect(sent.map(({ ids }) => ids)).toEqual([[createId(0)]])
    await Promise.all([linkOne(0), ...retries])
    expect(sent.map(({ ids }) => ids)).toEqual([[createId(0)], [createId(1), createId(2)]])
  })

  test('are sent again by the next try, whatever the outcome of the first', async () => {
    const { link, linkOne, prefetch, sent } = createBatcher((videos, signal) =>
      sent.length === 1 ? createLineResponse(doneLine) : linkAll(videos, signal),
    )
    prefetch(chapterId, [createLink(0)])
    expect(await Promise.allSettled([linkOne(0)])).toEqual([unanswered])
    expect(await link(chapterId, createLink(0), createSignal(), 2)).toMatchObject({ video: {} })
    expect(sent.map(({ ids }) => ids)).toEqual([[createId(0)], [createId(0)]])
  })

  test('are aborted with their request if released before they are requested', async () => {
    let requested: AbortSignal | undefined
    const { linkOne, prefetch, sent } = createBatcher((videos, signal) => {
      requested ??= signal
      return sent.length === 1 ? openResponse(signal).response : linkAll(videos, signal)
    })
    const release = prefetch(chapterId, [0, 1].map(createLink))
    release()
    expect(requested?.aborted).toBe(true)
    expect(await linkOne(0)).toMatchObject({ video: { id: createId(0) } })
    expect(sent.map(({ ids }) => ids)).toEqual([[createId(0), createId(1)], [createId(0)]])
  })

  test('have their request aborted when nobody waits for any of them', async () => {
    const gone = new DOMException('Removed', 'AbortError')
    let requested: AbortSignal | undefined
    const { linkOne, prefetch, upserted } = createBatcher((_, signal) => {
      requested = signal
      return openResponse(signal).response
    })
    prefetch(chapterId, [0, 1].map(createLink))
    const controllers = [new AbortController(), new AbortController()]
    const answers = Promise.allSettled(
      controllers.map(({ signal }, number) => linkOne(number, signal)),
    )
    controllers[0]?.abort(gone)
    expect(requested?.aborted).toBe(false)
    controllers[1]?.abort(gone)
    expect(requested?.aborted).toBe(true)
    expect(await answers).toEqual([unknown(gone), unknown(gone)])
    expect(upserted).toEqual([])
  })
})

test('each link settles by its own first line, whatever the order, the chunks and other lines', async () => {
  const outcomes = fc.constantFrom<Outcome>('linked', 409, 503, 'silent')
  const responses = fc.array(outcomes, { minLength: 1, maxLength: 15 }).chain((expected) => {
    const own = expected.flatMap((outcome, number) => lineFor(outcome, number))
    const noise = fc.constantFrom('', '{', 'null', '[]', linkedLine(99), doneLine, ...own)
    return fc.record({
      expected: fc.constant(expected),
      lines: fc
        .array(noise, { maxLength: 5 })
        .chain((extra) =>
          fc.shuffledSubarray([...own, ...extra], { minLength: own.length + extra.length }),
        ),
      cuts: fc.array(fc.nat(6000), { maxLength: 12 }),
      error: fc.option(fc.constant(new TypeError('terminated')), { nil: undefined }),
    })
  })
  await fc.assert(
    fc.asyncProperty(responses, async ({ expected, lines, cuts, error }) => {
      const { linkOne } = createBatcher(() => createResponse(splitChunks(lines, cuts), error))
      const answers = await Promise.allSettled(expected.map((_, number) => linkOne(number)))
      expect(answers).toEqual(
        expected.map((outcome, number) => {
          if (outcome === 'silent') return error ? unknown(error) : unanswered
          if (outcome === 'linked') return linked(number)
          if (outcome === 409) return refused(409)
          return unknown(new ProblemError(503, problemWith(503)))
        }),
      )
    }),
  )
})

type Outcome = 'linked' | 'silent' | 409 | 503

function lineFor(outcome: Outcome, number: number): string[] {
  if (outcome === 'silent') return []
  return [outcome === 'linked' ? linkedLine(number) : problemLine(number, outcome)]
}

function splitChunks(lines: string[], cuts: number[]): Uint8Array[] {
  const bytes = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''))
  const ends = [...cuts.filter((cut) => cut < bytes.length), bytes.length].sort((a, b) => a - b)
  return ends
    .map((end, index) => bytes.slice(ends[index - 1] ?? 0, end))
    .filter(({ length }) => length)
}
