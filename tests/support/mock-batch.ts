import type { Link } from '#contract/videos.ts'

type Fetch = (request: Request) => Response | Promise<Response>

/** Forwards the request to the app. */
export type Forward = () => Promise<Response>

/** Chooses the treatment of a link in a batch; `undefined` sends it with the rest. */
export type LinkOverride = (link: Link) => ((forward: Forward) => Promise<Response>) | undefined

/**
 * Answers a batch in which some links are treated separately. Each of those is forwarded as a batch
 * of one, and its line joins the response when it arrives. A cut connection aborts the response.
 */
export async function answerBatch(request: Request, fetch: Fetch, findTreatment: LinkOverride) {
  const { videos } = (await request.clone().json()) as { videos: Link[] }
  const forward = async (links: Link[]) =>
    fetch(new Request(request.clone(), { body: JSON.stringify({ videos: links }) }))
  const untreated = videos.filter((link) => !findTreatment(link))
  if (untreated.length === videos.length) return fetch(request)

  const parts = videos.flatMap((link) => {
    const treat = findTreatment(link)
    return treat ? [{ links: [link], answer: treat(() => forward([link])) }] : []
  })
  if (untreated.length > 0) parts.push({ links: untreated, answer: forward(untreated) })
  return new Response(mergeLines(parts), { headers: { 'content-type': 'application/x-ndjson' } })
}

type Part = { links: Link[]; answer: Promise<Response> }

/** Streams the lines of all parts, those of each part as soon as its response arrives. */
function mergeLines(parts: Part[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    start(controller) {
      const write = (line: object) =>
        controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`))
      const writePart = async (part: Part) => {
        for (const line of await readLines(part)) write(line)
      }
      void Promise.all(parts.map(writePart))
        .then(() => write({ done: true }))
        .then(
          () => controller.close(),
          (error) => controller.error(error),
        )
    },
  })
}

async function readLines({ links, answer }: Part): Promise<object[]> {
  const response = await answer
  if (response.type === 'error') throw new TypeError('The connection was cut on purpose')
  if (!response.ok) {
    const problem: unknown = await response.json()
    return links.map(({ id }) => ({ id, status: response.status, problem }))
  }
  const lines = (await response.text()).trimEnd().split('\n')
  return lines.map((line) => JSON.parse(line)).filter((line) => !('done' in line))
}
