import { HttpResponse } from 'msw'
import type { Link } from '#contract/videos.ts'
import { type App, createServerHandlers, problemResponse } from '../../src/demo/mock-handlers.ts'
import { answerBatch, type LinkTreatment, type Pass } from './mock-batch.ts'

/** Answers a request in its own time and way, by passing it on or not. */
type Treatment = (pass: Pass) => Promise<Response>

type LinkMatch = Partial<Pick<Link, 'id' | 'mediaId' | 'filename'>>

/** Which requests, by the parameters of their address; and of a batch which links, by what they link. */
type Match = LinkMatch & Partial<Record<'courseId' | 'chapterId' | 'videoId', string>>
type Fault = { address: RegExp; params: object; link: LinkMatch; treat: Treatment }

/** Trouble that was made; `lift` ends it. */
type Removable = { lift: () => void }

type Cut = 'before' | 'after'

/** Requests that wait until they are let go, all at once and in one of three ways. The next ones don't wait. */
export type Hold = {
  /** How many wait now. */
  waiting: () => number
  /** Passes them on to the app. */
  release: () => void
  /** Answers them with a problem in the app's place. */
  refuse: (detail: string, status?: number) => void
  /** Cuts their connection: before the app hears of them, or after it has done what was asked. */
  cut: (when?: Cut) => void
}

/**
 * A network between the page and the app, with nothing in it but the trouble that is asked for. Its
 * `handlers` are for MSW, in Node and in the browser. A route is named as in the contract, such as
 * `PATCH /api/videos/{videoId}`. Trouble about a link, such as `{ filename: 'a.mp4' }`, meets just
 * that link of a batch; its siblings go on. Where several meet, the latest comes first.
 */
export function createMockNetwork(app: App) {
  const troubles = new Set<Fault>()
  const requests: string[] = []

  function make(route: string, about: Match, treat: Treatment): Removable {
    const { courseId, chapterId, videoId, ...link } = about
    const params = { courseId, chapterId, videoId }
    const trouble = { address: addressPattern(route), params, link, treat }
    troubles.add(trouble)
    return { lift: () => troubles.delete(trouble) }
  }

  function answer(request: Request): Promise<Response> {
    const address = `${request.method} ${new URL(request.url).pathname}`
    requests.push(address)
    const met = [...troubles].filter((trouble) => matchesAddress(address, trouble))
    const whole = met.filter(({ link }) => Object.keys(link).length === 0)
    const partial = met.filter((trouble) => !whole.includes(trouble))
    const treatmentOf: LinkTreatment = (link) => {
      const own = partial.filter((trouble) => hasProperties(trouble.link, link))
      return own.length === 0 ? undefined : (pass) => applyTreatments(own, pass)
    }
    return applyTreatments(whole, async () =>
      partial.length > 0 ? answerBatch(request, app.fetch, treatmentOf) : app.fetch(request),
    )
  }

  return {
    handlers: createServerHandlers(answer),

    /** Every request so far, such as `GET /api/courses`. */
    requests: requests as readonly string[],

    hold(route: string, about: Match = {}): Hold {
      const waiting = new Set<(treat: Treatment) => void>()
      const { lift } = make(route, about, async (pass) => {
        const treat = await new Promise<Treatment>((letGo) => waiting.add(letGo))
        return treat(pass)
      })
      const letAllGo = (treat: Treatment) => {
        lift()
        for (const letGo of waiting) letGo(treat)
        waiting.clear()
      }
      return {
        waiting: () => waiting.size,
        release: () => letAllGo((pass) => pass()),
        refuse: (detail, status) => letAllGo(async () => problemResponse(detail, status)),
        cut: (when = 'before') => letAllGo((pass) => cutConnection(pass, when)),
      }
    },

    /** Answers with a problem in the app's place. */
    refuse: (route: string, about: Match = {}, detail = 'Refused on purpose.', status?: number) =>
      make(route, about, async () => problemResponse(detail, status)),

    /** Cuts the connection: before the app hears of the request, or after it has done what was asked. */
    cut: (route: string, about: Match = {}, when: Cut = 'before') =>
      make(route, about, (pass) => cutConnection(pass, when)),

    /** Makes requests take so many milliseconds longer. */
    delay: (route: string, milliseconds: number, about: Match = {}) =>
      make(route, about, async (pass) => {
        await new Promise((resolve) => setTimeout(resolve, milliseconds))
        return pass()
      }),
  }
}

export type MockNetwork = ReturnType<typeof createMockNetwork>

const applyTreatments = (troubles: Fault[], pass: Pass) =>
  troubles.reduce<Pass>(
    (inner, { treat }) =>
      () =>
        treat(inner),
    pass,
  )()

function matchesAddress(address: string, { address: pattern, params }: Fault): boolean {
  const found = pattern.exec(address)
  return found !== null && hasProperties(params, found.groups ?? {})
}

const hasProperties = (wanted: object, subject: object) =>
  Object.entries(wanted).every(
    ([key, value]) => value === undefined || Reflect.get(subject, key) === value,
  )

const addressPattern = (route: string) =>
  new RegExp(`^${route.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`)

async function cutConnection(pass: Pass, when: Cut): Promise<Response> {
  if (when === 'after') await (await pass()).text()
  return HttpResponse.error()
}
