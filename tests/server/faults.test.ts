import { describe, expect, test as plainTest } from 'vitest'
import type { Link } from '#contract/videos.ts'
import { parseFaultSettings } from '#server/faults/fault-settings.ts'
import { createFaultGenerator, type Fault, withLinkFaults } from '#server/faults/link-faults.ts'
import { createTestServer } from '../support/server.ts'

describe('faults', () => {
  plainTest.for([
    [
      'latency=1000-2000,fail=0.2,drop=0.05,seed=7',
      { latency: [1000, 2000], fail: 0.2, drop: 0.05, seed: 7 },
    ],
    ['latency=200', { latency: [200, 200], fail: 0, drop: 0, seed: 1 }],
    [' fail=1 , seed=0', { latency: [0, 0], fail: 1, drop: 0, seed: 0 }],
    ['drop=.5', { latency: [0, 0], fail: 0, drop: 0.5, seed: 1 }],
  ] as const)('are parsed from %s', ([text, settings]) => {
    expect(parseFaultSettings(text)).toEqual(settings)
  })

  plainTest.for([
    ['slow=1', '“slow=1” is not latency=…, fail=…, drop=… or seed=…'],
    ['latency', '“latency” is not latency=…, fail=…, drop=… or seed=…'],
    ['toString=1', '“toString=1” is not latency=…, fail=…, drop=… or seed=…'],
    ['latency=2-1', 'latency must be a range of milliseconds, such as 1000-2000, but is “2-1”'],
    ['latency=-5', 'latency must be a whole number of at most nine digits, but is “”'],
    ['fail=2', 'fail must be between 0 and 1, but is “2”'],
    ['drop=.', 'drop must be between 0 and 1, but is “.”'],
    ['fail=0.6,drop=0.6', 'fail and drop must add up to at most 1'],
  ] as const)('can’t be %s', ([text, message]) => {
    expect(() => parseFaultSettings(text)).toThrow(new Error(message))
  })

  plainTest('are the same for the same seed and have the requested shares', () => {
    const settings = parseFaultSettings('latency=10-20,fail=0.2,drop=0.1,seed=7')
    const draw = (count: number) => {
      const drawFault = createFaultGenerator(settings)
      return Array.from({ length: count }, () => drawFault())
    }
    expect(draw(50)).toEqual(draw(50))
    const faults = draw(10_000)
    const share = (effect: Fault['effect']) =>
      faults.filter((fault) => fault.effect === effect).length / faults.length
    expect(share('refuse')).toBeCloseTo(0.2, 1)
    expect(share('cut-before')).toBeCloseTo(0.05, 1)
    expect(share('cut-after')).toBeCloseTo(0.05, 1)
    const delays = faults.map(({ delay }) => delay)
    expect([Math.min(...delays), Math.max(...delays)]).toEqual([10, 20])
  })
})

async function setUpFaults(faults: Fault[]) {
  const waits: number[] = []
  const time = { now: 0 }
  const clock = { now: () => time.now }
  const wait = async (milliseconds: number) => {
    waits.push(milliseconds)
    time.now += milliseconds
  }
  const drawFault = ({ filename }: Link): Fault =>
    faults[Number.parseInt(filename, 10)] ?? { delay: 0, effect: 'none' }
  const server = await createTestServer({
    clock,
    wrapLinkVideos: (linkVideos) => withLinkFaults(linkVideos, { drawFault, clock, wait }),
  })
  const assets = await server.addAssets(faults.map((_, index) => `${index}.mp4`))
  const [chapter] = await server.addChapters('One')
  const links = assets.map(({ id: mediaId, filename }, index) => ({
    id: crypto.randomUUID(),
    mediaId,
    filename,
    position: `a${index}`,
  }))
  const path = `/api/chapters/${chapter?.id}/videos`
  return {
    server,
    waits,
    links,
    batch: () => server.send(`POST ${path}/batch`, { body: { videos: links } }),
    put: (index: number) => {
      const { id, ...body } = links[index] as Link
      return server.send(`PUT ${path}/${id}`, { body })
    },
    listFilenames: async () =>
      (await (await server.send(`GET ${path}`)).json()).videos.map(
        ({ filename }: Link) => filename,
      ),
  }
}

/** Reads lines up to the end, or up to where the connection breaks. */
async function readLines(answer: Response) {
  const decoder = new TextDecoder()
  let text = ''
  let broke = false
  try {
    for await (const chunk of answer.body ?? []) text += decoder.decode(chunk, { stream: true })
  } catch {
    broke = true
  }
  const lines = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
  return { lines, broke }
}

describe('a batch under faults', () => {
  plainTest('is answered in the order in which its links come due, even refused ones', async () => {
    const { server, waits, links, batch, listFilenames } = await setUpFaults([
      { delay: 30, effect: 'none' },
      { delay: 10, effect: 'refuse' },
      { delay: 20, effect: 'none' },
      { delay: 20, effect: 'none' },
    ])
    const { lines, broke } = await readLines(await batch())
    expect(
      lines.map(({ id, status, problem, done }) => ({ id, status, type: problem?.type, done })),
    ).toEqual([
      { id: links[1]?.id, status: 403, type: '/problems/link-refused' },
      { id: links[2]?.id, status: 201 },
      { id: links[3]?.id, status: 201 },
      { id: links[0]?.id, status: 201 },
      { done: true },
    ])
    expect(broke).toBe(false)
    expect(waits).toEqual([10, 10, 10])
    expect(await listFilenames()).toEqual(['0.mp4', '2.mp4', '3.mp4'])
    await server.close()
  })

  plainTest.for([
    ['cut-before', ['0.mp4']],
    ['cut-after', ['0.mp4', '1.mp4']],
  ] as const)('breaks off at a link that is %s', async ([effect, left]) => {
    const { server, links, batch, listFilenames } = await setUpFaults([
      { delay: 0, effect: 'none' },
      { delay: 0, effect },
      { delay: 0, effect: 'none' },
    ])
    const { lines, broke } = await readLines(await batch())
    expect(lines.map(({ id }) => id)).toEqual([links[0]?.id])
    expect(broke).toBe(true)
    expect(await listFilenames()).toEqual(left)
    await server.close()
  })

  plainTest('stops once its client is gone', async () => {
    const { server, batch, listFilenames } = await setUpFaults([
      { delay: 0, effect: 'none' },
      { delay: 10, effect: 'none' },
      { delay: 20, effect: 'none' },
    ])
    const reader = (await batch()).body?.getReader()
    await reader?.read()
    await reader?.cancel()
    expect(await listFilenames()).toEqual(['0.mp4'])
    await server.close()
  })
})

plainTest('a single link is refused or cut off', async () => {
  const { server, put, listFilenames } = await setUpFaults([
    { delay: 5, effect: 'refuse' },
    { delay: 0, effect: 'cut-before' },
    { delay: 0, effect: 'cut-after' },
  ])
  const refused = await put(0)
  expect([refused.status, (await refused.json()).type]).toEqual([403, '/problems/link-refused'])
  for (const index of [1, 2]) await expect((await put(index)).text()).rejects.toThrow()
  expect(await listFilenames()).toEqual(['2.mp4'])
  await server.close()
})
