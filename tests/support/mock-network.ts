import { HttpResponse } from 'msw'
import type { Link } from '#contract/videos.ts'
import {
  type App,
  createProblemResponse,
  createServerHandlers,
} from '../../src/demo/mock-handlers.ts'
import { answerBatch, type Forward, type LinkOverride } from './mock-batch.ts'

/** Answers a request, by forwarding it or otherwise. */
type Treatment = (forward: Forward) => Promise<Response>

type LinkMatch = Partial<Pick<Link, 'id' | 'mediaId' | 'filename'>>

/** Matches requests by their path parameters, and links of a batch by their content. */
type Match = LinkMatch & Partial<Record<'courseId' | 'chapterId' | 'videoId', string>>
type Fault = { address: RegExp; params: object; link: LinkMatch; treat: Treatment }

/** An active fault; `lift` ends it. */
type ActiveFault = { lift: () => void }

type Cut = 'before' | 'after'

/** Held requests, which are ended together in one of three ways. Later requests are not held. */
export type Hold = {
  /** The number of held requests. */
  waiting: () => number
  /** Forwards them to the app. */
  release: () => void
  /** Answers them with a problem instead. */
  refuse: (detail: string, status?: number) => void
  /** Cuts the connection before the app receives them, or after it has handled them. */
  cut: (when?: Cut) => void
}

/**
 * Creates a network between the page and the app, with faults on demand. Its `handlers` are for
 * MSW, in Node and in the browser. Routes are named as in the contract, such as `PATCH
 * /api/videos/{videoId}`. A fault that matches a link, such as `{ filename: 'a.mp4' }`, affects
 * only that link of a batch. Of several faults, the latest applies first.
 */
export function createMockNetwork(app: App) {
  const faults = new Set<Fault>()
  const requests: string[] = []

  function addFault(route: string, match: Match, treat: Treatment): ActiveFault {
    const { courseId, chapterId, videoId, ...link } = match
    const params = { courseId, chapterId, videoId }
    const fault = { address: createAddressPattern(route), params, link, treat }
    faults.add(fault)
    return { lift: () => faults.delete(fault) }
  }

  function answer(request: Request): Promise<Response> {
    const address = `${request.method} ${new URL(request.url).pathname}`
    requests.push(address)
    const matching = [...faults].filter((fault) => matchesAddress(address, fault))
    const whole = matching.filter(({ link }) => Object.keys(link).length === 0)
    const partial = matching.filter((fault) => !whole.includes(fault))
    const findTreatment: LinkOverride = (link) => {
      const own = partial.filter((fault) => hasProperties(fault.link, link))
      return own.length === 0 ? undefined : (forward) => applyTreatments(own, forward)
    }
    return applyTreatments(whole, async () =>
      partial.length > 0 ? answerBatch(request, app.fetch, findTreatment) : app.fetch(request),
    )
  }

  return {
    handlers: createServerHandlers(answer),

    /** Every request so far, such as `GET /api/courses`. */
    requests: requests as readonly string[],

    /** @returns every request so far but those for thumbnails and videos, in the same form */
    apiRequests: () => requests.filter((request) => request.includes(' /api/')),

    hold(route: string, match: Match = {}): Hold {
      const waiting = new Set<(treat: Treatment) => void>()
      const { lift } = addFault(route, match, async (forward) => {
        const treat = await new Promise<Treatment>((resolve) => waiting.add(resolve))
        return treat(forward)
      })
      const releaseAll = (treat: Treatment) => {
        lift()
        for (const resolve of waiting) resolve(treat)
        waiting.clear()
      }
      return {
        waiting: () => waiting.size,
        release: () => releaseAll((forward) => forward()),
        refuse: (detail, status) => releaseAll(async () => createProblemResponse(detail, status)),
        cut: (when = 'before') => releaseAll((forward) => cutConnection(forward, when)),
      }
    },

    /** Answers with a problem instead of the app. */
    refuse: (route: string, match: Match = {}, detail = 'Refused on purpose.', status?: number) =>
      addFault(route, match, async () => createProblemResponse(detail, status)),

    /** Answers with `{}` instead of the app, as a proxy or a server of another version might. */
    empty: (route: string, match: Match = {}) =>
      addFault(route, match, async () => HttpResponse.json({})),

    /** Answers with a web page instead of the app, as a proxy does that asks to sign in. */
    showPage: (route: string, match: Match = {}) =>
      addFault(route, match, async () => HttpResponse.html('<title>Sign in</title>')),

    /** Cuts the connection before the app receives the request, or after it has handled it. */
    cut: (route: string, match: Match = {}, when: Cut = 'before') =>
      addFault(route, match, (forward) => cutConnection(forward, when)),

    /** Records requests without a body, so that each can be delivered again later. */
    keep(route: string, match: Match = {}) {
      const kept: Forward[] = []
      addFault(route, match, (forward) => {
        kept.push(forward)
        return forward()
      })
      return {
        /** @returns the statuses of the responses, which the page does not receive */
        deliverAgain: () =>
          Promise.all(kept.splice(0).map(async (forward) => (await forward()).status)),
      }
    },

    /** Delays requests. */
    delay: (route: string, milliseconds: number, match: Match = {}) =>
      addFault(route, match, async (forward) => {
        await new Promise((resolve) => setTimeout(resolve, milliseconds))
        return forward()
      }),
  }
}

export type MockNetwork = ReturnType<typeof createMockNetwork>

const applyTreatments = (faults: Fault[], forward: Forward) =>
  faults.reduce<Forward>(
    (inner, { treat }) =>
      () =>
        treat(inner),
    forward,
  )()

function matchesAddress(address: string, { address: pattern, params }: Fault): boolean {
  const found = pattern.exec(address)
  return found !== null && hasProperties(params, found.groups ?? {})
}

const hasProperties = (wanted: object, subject: object) =>
  Object.entries(wanted).every(
    ([key, value]) => value === undefined || Reflect.get(subject, key) === value,
  )

const createAddressPattern = (route: string) =>
  new RegExp(`^${route.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`)

async function cutConnection(forward: Forward, when: Cut): Promise<Response> {
  if (when === 'after') await (await forward()).text()
  return HttpResponse.error()
}
