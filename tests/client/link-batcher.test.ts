import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { ProblemError } from '#client/lib/http.ts'
import { createLinkBatcher, UnknownOutcome } from '#client/lib/link-batcher.ts'
import type { Link, Video } from '#contract/videos.ts'
import {
  answerIn,
  answerWith,
  chapterId,
  doneLine,
  idOf,
  linkedLine,
  linkOf,
  openAnswer,
  problemLine,
  problemWith,
  videoOf,
} from './link-answers.ts'

type Send = (videos: Link[], signal: AbortSignal) => Response | Promise<Response>

/**
 * A batcher whose requests are answered by `send`, with a record of what it sent and what it
 * upserted.
 */
function batcherWith(send: Send, pause = () => Promise.resolve()) {
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
  const linkOne = (number: number, signal = unaborted()) => link(chapterId, linkOf(number), signal)
  return { link, linkOne, prefetch, sent, upserted }
}

const unaborted = () => new AbortController().signal

const nextImmediate = () => new Promise<void>((resolve) => setImmediate(resolve))

const numbersTo = (count: number) => Array.from({ length: count }, (_, index) => index)

/** Answers every link as the server does when all goes well. */
const linkAll: Send = (videos) =>
  answerWith(
    ...videos.map((link) =>
      JSON.stringify({ id: link.id, status: 201, video: { ...videoOf(0), ...link } }),
    ),
    doneLine,
  )

const linked = (number: number) => ({ status: 'fulfilled', value: { video: videoOf(number) } })
const refused = (status: number) => ({
  status: 'fulfilled',
  value: { problem: problemWith(status) },
})
const unanswered = {
  status: 'rejected',
  reason: new UnknownOutcome('The answer ended without a line for this video.'),
}
const unknown = (reason: unknown) => ({ status: 'rejected', reason })

describe('what is sent', () => {
  test.each([
    { attempt: 2, batches: [20, 20, 5] },
    { attempt: 4, batches: Array.from({ length: 45 }, () => 1) },
  ])('goes in smaller batches at try $attempt', async ({ attempt, batches }) => {
    const { link, sent } = batcherWith(linkAll)
    await Promise.all(
      numbersTo(45).map((number) => link(chapterId, linkOf(number), unaborted(), attempt)),
    )
    expect(sent.map(({ ids }) => ids.length)).toEqual(batches)
  })

  test.each([
    { try: 'first', attempt: 1, batches: [2, 1, 1] },
    { try: 'second', attempt: 2, batches: [4] },
  ])('at the $try try, of links that come by a task each, is $batches', async (example) => {
    const { link, sent } = batcherWith(linkAll, nextImmediate)
    const linkOne = (number: number) =>
      link(chapterId, linkOf(number), unaborted(), example.attempt)
    const answers = [0, 1].map(linkOne)
    for (const number of [2, 3]) {
      await nextImmediate()
      answers.push(linkOne(number))
    }
    await Promise.all(answers)
    expect(sent.map(({ ids }) => ids.length)).toEqual(example.batches)
  })

  test('waits with first tries for the retries that are due with them', async () => {
    const { link, sent } = batcherWith(linkAll, nextImmediate)
    const linkOne = (number: number, attempt: number) =>
      link(chapterId, linkOf(number), unaborted(), attempt)
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
  ])('is $batches for $count links of one tick', async ({ count, batches }) => {
    const { linkOne, sent } = batcherWith(linkAll)
    const answers = await Promise.all(numbersTo(count).map((number) => linkOne(number)))
    expect(sent.map(({ ids }) => ids.length)).toEqual(batches)
    expect(sent.flatMap(({ ids }) => ids)).toEqual(numbersTo(count).map(idOf))
    expect(answers.map((answer) => 'video' in answer && answer.video.id)).toEqual(
      numbersTo(count).map(idOf),
    )
  })

  test('is one request for each chapter', async () => {
    const { link, sent } = batcherWith(linkAll)
    const chapters = ['intro', 'outro', 'intro']
    await Promise.all(chapters.map((chapter, number) => link(chapter, linkOf(number), unaborted())))
    expect(sent).toEqual([
      { chapterId: 'intro', ids: [idOf(0), idOf(2)] },
      { chapterId: 'outro', ids: [idOf(1)] },
    ])
  })

  test('is one request for each tick', async () => {
    const { linkOne, sent } = batcherWith(linkAll)
    await Promise.all([linkOne(1), linkOne(2)])
    await linkOne(3)
    expect(sent.map(({ ids }) => ids)).toEqual([[idOf(1), idOf(2)], [idOf(3)]])
  })

  test('names an id once that was asked for twice, and answers both', async () => {
    const { linkOne, sent } = batcherWith(linkAll)
    const answers = await Promise.allSettled([linkOne(1), linkOne(1)])
    expect(sent).toEqual([{ chapterId, ids: [idOf(1)] }])
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
  })
})

describe('an answer', () => {
  async function answersTo(count: number, response: () => Response) {
    const { linkOne, upserted } = batcherWith(response)
    const answers = await Promise.allSettled(numbersTo(count).map((number) => linkOne(number)))
    return { answers, upserted }
  }

  test('settles each link by its own line, in whatever order', async () => {
    const { answers } = await answersTo(3, () =>
      answerWith(linkedLine(2), problemLine(0, 409), linkedLine(1), doneLine),
    )
    expect(answers).toEqual([refused(409), linked(1), linked(2)])
  })

  test('without a row upserts nothing', async () => {
    const { answers, upserted } = await answersTo(1, () =>
      answerWith(problemLine(0, 409), doneLine),
    )
    expect(answers).toEqual([refused(409)])
    expect(upserted).toEqual([])
  })

  test('that is cut leaves the rest unknown', async () => {
    const cut = new TypeError('terminated')
    const { answers } = await answersTo(3, () => answerIn([`${linkedLine(1)}\n`], cut))
    expect(answers).toEqual([unknown(cut), linked(1), unknown(cut)])
  })

  test('that ends as if complete, in the middle of a line, leaves the rest unknown', async () => {
    const { answers } = await answersTo(2, () =>
      answerIn([`${linkedLine(0)}\n`, linkedLine(1).slice(0, 40)]),
    )
    expect(answers).toEqual([linked(0), unanswered])
  })

  test('that says it is done without a word on a link leaves that link unknown', async () => {
    const { answers } = await answersTo(2, () => answerWith(linkedLine(0), doneLine))
    expect(answers).toEqual([linked(0), unanswered])
  })

  test('without a body leaves every link unknown', async () => {
    const { answers } = await answersTo(1, () => new Response(null))
    expect(answers).toEqual([unanswered])
  })

  test('is not read on once its rows could not be upserted', async () => {
    const full = new Error('No room')
    const cancel = vi.fn()
    const { link } = createLinkBatcher({
      send: async () => {
        const start = (controller: ReadableStreamDefaultController<Uint8Array>) =>
          controller.enqueue(new TextEncoder().encode(`${linkedLine(0)}\n`))
        return new Response(new ReadableStream({ start, cancel }))
      },
      upsert: () => {
        throw full
      },
      pause: () => Promise.resolve(),
    })
    await expect(link(chapterId, linkOf(0), unaborted())).rejects.toBe(full)
    expect(cancel).toHaveBeenCalledOnce()
  })

  test('needs no line break after its last line', async () => {
    const { answers } = await answersTo(1, () => answerIn([linkedLine(0)]))
    expect(answers).toEqual([linked(0)])
  })

  test('is read past garbage, and past lines for links that nobody asked for', async () => {
    const { answers, upserted } = await answersTo(2, () =>
      answerWith(
        '',
        'null',
        '{"id":',
        '<html>',
        `{"id":"${idOf(0)}","status":201}`,
        '{"status":201,"video":{}}',
        linkedLine(77),
        linkedLine(0),
        linkedLine(1),
      ),
    )
    expect(answers).toEqual([linked(0), linked(1)])
    expect(upserted).toEqual([{ chapterId, videos: [videoOf(0), videoOf(1)] }])
  })

  test('counts only the first line for a link', async () => {
    const { answers, upserted } = await answersTo(2, () =>
      answerIn([
        `${linkedLine(0)}\n`,
        `${problemLine(0, 409)}\n`,
        `${linkedLine(0)}\n`,
        `${linkedLine(1)}\n`,
      ]),
    )
    expect(answers).toEqual([linked(0), linked(1)])
    expect(upserted.flatMap(({ videos }) => videos)).toEqual([videoOf(0), videoOf(1)])
  })

  test('may be cut into chunks inside a line and inside a letter', async () => {
    const bytes = new TextEncoder().encode(`${linkedLine(0)}\n${linkedLine(1)}\n`)
    const { answers } = await answersTo(2, () =>
      answerIn(Array.from(bytes, (_, index) => bytes.slice(index, index + 1))),
    )
    expect(answers).toEqual([linked(0), linked(1)])
  })

  test.each([400, 404, 409, 410, 422, 499])(
    'refuses one link by a line with %d',
    async (status) => {
      const { answers } = await answersTo(2, () =>
        answerWith(problemLine(0, status), linkedLine(1)),
      )
      expect(answers).toEqual([refused(status), linked(1)])
    },
  )

  test.each([500, 503, 599])('leaves one link unknown by a line with %d', async (status) => {
    const { answers } = await answersTo(2, () => answerWith(problemLine(0, status), linkedLine(1)))
    expect(answers).toEqual([unknown(new ProblemError(status, problemWith(status))), linked(1)])
  })
})

describe('a request', () => {
  const sendRejecting = async (reason: unknown) => {
    const { linkOne } = batcherWith(() => Promise.reject(reason))
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

  test('fails alone: the other chapter’s and the next tick’s go on', async () => {
    const cut = new TypeError('Failed to fetch')
    const { link, linkOne } = batcherWith((videos, signal) =>
      videos.some(({ id }) => id === idOf(0)) ? Promise.reject(cut) : linkAll(videos, signal),
    )
    const [first, second] = await Promise.allSettled([
      linkOne(0),
      link('outro', linkOf(1), unaborted()),
    ])
    expect([first, second?.status]).toEqual([unknown(cut), 'fulfilled'])
    expect(await linkOne(2)).toMatchObject({ video: { id: idOf(2) } })
  })
})

describe('rows', () => {
  test('are upserted before any of their links settles, those of one piece at once', async () => {
    const order: unknown[] = []
    const { link } = createLinkBatcher({
      send: async () =>
        answerIn([`${linkedLine(0)}\n${problemLine(1, 409)}\n${linkedLine(2)}\n`, linkedLine(3)]),
      upsert: (_, videos) => order.push(videos.map(({ id }) => id)),
      pause: () => Promise.resolve(),
    })
    await Promise.all(
      numbersTo(4).map((number) =>
        link(chapterId, linkOf(number), unaborted()).then(() => order.push(number)),
      ),
    )
    expect(order).toEqual([[idOf(0), idOf(2)], 0, 1, 2, [idOf(3)], 3])
  })

  test('settle in slices, so that a task passes between them', async () => {
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
      numbersTo(200).map((number) => link(chapterId, linkOf(number), unaborted()).then(count)),
    )
    const whileGathering = 0
    expect(settledAtPause).toEqual([whileGathering, 100])
  })
})

describe('an aborted link', () => {
  const gone = new DOMException('Removed', 'AbortError')

  /** Links with a controller each, whose answer the test writes. */
  async function startOpen(count: number) {
    let answer: ReturnType<typeof openAnswer> | undefined
    let requested: AbortSignal | undefined
    const { linkOne, upserted, sent } = batcherWith((_, signal) => {
      requested = signal
      answer = openAnswer(signal)
      return answer.response
    })
    const controllers = numbersTo(count).map(() => new AbortController())
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

  test('is not sent when that comes before the request, and rejects', async () => {
    const { linkOne, sent } = batcherWith(linkAll)
    const controller = new AbortController()
    const answers = Promise.allSettled([linkOne(0, controller.signal), linkOne(1)])
    controller.abort(gone)
    expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
    expect(sent).toEqual([{ chapterId, ids: [idOf(1)] }])
  })

  test('rejects when it was aborted before it was asked for', async () => {
    const { linkOne, sent } = batcherWith(linkAll)
    await expect(linkOne(0, AbortSignal.abort(gone))).rejects.toBe(gone)
    expect(sent).toEqual([])
  })

  test('leaves its siblings and their request alone, and its own row unupserted', async () => {
    const { controllers, answers, answer, upserted, isAborted } = await startOpen(2)
    controllers[0]?.abort(gone)
    await answer.write(linkedLine(0))
    await answer.write(linkedLine(1))
    await answer.end()
    expect(await answers).toEqual([unknown(gone), linked(1)])
    expect(upserted.flatMap(({ videos }) => videos)).toEqual([videoOf(1)])
    expect(isAborted()).toBe(false)
  })

  test('leaves another for the same video alone', async () => {
    const controller = new AbortController()
    const { linkOne, sent } = batcherWith(() => {
      controller.abort(gone)
      return answerWith(linkedLine(1), doneLine)
    })
    const both = await Promise.allSettled([linkOne(1, controller.signal), linkOne(1)])
    expect(both).toEqual([unknown(gone), linked(1)])
    expect(sent).toEqual([{ chapterId, ids: [idOf(1)] }])
  })

  test('aborts the request when no other waits for it', async () => {
    const { controllers, answers, isAborted } = await startOpen(2)
    controllers[0]?.abort(gone)
    expect(isAborted()).toBe(false)
    controllers[1]?.abort(gone)
    expect(isAborted()).toBe(true)
    expect(await answers).toEqual([unknown(gone), unknown(gone)])
  })

  test('aborts the request also when the others are answered already', async () => {
    const { controllers, links, answer, answers, isAborted } = await startOpen(2)
    await answer.write(linkedLine(0))
    await links[0]
    controllers[1]?.abort(gone)
    expect(isAborted()).toBe(true)
    expect(await answers).toEqual([linked(0), unknown(gone)])
  })
})

describe('prefetched links', () => {
  test('go at once, and are not sent again when they are asked for', async () => {
    const { linkOne, prefetch, sent, upserted } = batcherWith(linkAll)
    prefetch(chapterId, numbersTo(201).map(linkOf))
    expect(sent.map(({ ids }) => ids.length)).toEqual([200, 1])
    expect(await Promise.all([linkOne(0), linkOne(200)])).toMatchObject([
      { video: { id: idOf(0) } },
      { video: { id: idOf(200) } },
    ])
    expect(sent).toHaveLength(2)
    expect(upserted.flatMap(({ videos }) => videos)).toHaveLength(201)
  })

  test('leave alone the retries that are just gathering', async () => {
    const { link, linkOne, prefetch, sent } = batcherWith(linkAll)
    const retries = [1, 2].map((number) => link(chapterId, linkOf(number), unaborted(), 2))
    prefetch(chapterId, [linkOf(0)])
    expect(sent.map(({ ids }) => ids)).toEqual([[idOf(0)]])
    await Promise.all([linkOne(0), ...retries])
    expect(sent.map(({ ids }) => ids)).toEqual([[idOf(0)], [idOf(1), idOf(2)]])
  })

  test('are sent anew by the next try, whatever became of the first', async () => {
    const { link, linkOne, prefetch, sent } = batcherWith((videos, signal) =>
      sent.length === 1 ? answerWith(doneLine) : linkAll(videos, signal),
    )
    prefetch(chapterId, [linkOf(0)])
    expect(await Promise.allSettled([linkOne(0)])).toEqual([unanswered])
    expect(await link(chapterId, linkOf(0), unaborted(), 2)).toMatchObject({ video: {} })
    expect(sent.map(({ ids }) => ids)).toEqual([[idOf(0)], [idOf(0)]])
  })

  test('are given up where nobody asks for them, and their request with them', async () => {
    let requested: AbortSignal | undefined
    const { linkOne, prefetch, sent } = batcherWith((videos, signal) => {
      requested ??= signal
      return sent.length === 1 ? openAnswer(signal).response : linkAll(videos, signal)
    })
    const giveUp = prefetch(chapterId, [0, 1].map(linkOf))
    giveUp()
    expect(requested?.aborted).toBe(true)
    expect(await linkOne(0)).toMatchObject({ video: { id: idOf(0) } })
    expect(sent.map(({ ids }) => ids)).toEqual([[idOf(0), idOf(1)], [idOf(0)]])
  })

  test('have their request aborted when nobody waits for any of them any more', async () => {
    const gone = new DOMException('Removed', 'AbortError')
    let requested: AbortSignal | undefined
    const { linkOne, prefetch, upserted } = batcherWith((_, signal) => {
      requested = signal
      return openAnswer(signal).response
    })
    prefetch(chapterId, [0, 1].map(linkOf))
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

test('each link settles as its own first line says, in whatever order, chunks and company', async () => {
  const outcomes = fc.constantFrom<Outcome>('linked', 409, 503, 'silent')
  const stories = fc.array(outcomes, { minLength: 1, maxLength: 15 }).chain((said) => {
    const own = said.flatMap((outcome, number) => lineFor(outcome, number))
    const noise = fc.constantFrom('', '{', 'null', '[]', linkedLine(99), doneLine, ...own)
    return fc.record({
      said: fc.constant(said),
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
    fc.asyncProperty(stories, async ({ said, lines, cuts, error }) => {
      const { linkOne } = batcherWith(() => answerIn(chunksOf(lines, cuts), error))
      const answers = await Promise.allSettled(said.map((_, number) => linkOne(number)))
      expect(answers).toEqual(
        said.map((outcome, number) => {
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

function chunksOf(lines: string[], cuts: number[]): Uint8Array[] {
  const bytes = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''))
  const ends = [...cuts.filter((cut) => cut < bytes.length), bytes.length].sort((a, b) => a - b)
  return ends
    .map((end, index) => bytes.slice(ends[index - 1] ?? 0, end))
    .filter(({ length }) => length)
}
