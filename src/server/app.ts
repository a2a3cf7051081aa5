import { except } from 'hono/combine'
import { HTTPException } from 'hono/http-exception'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { requestId } from 'hono/request-id'
import { createProblem } from '#contract/problem.ts'
import type { Dependencies } from './dependencies.ts'
import { chaptersRoutes } from './features/chapters/chapters.routes.ts'
import { coursesRoutes } from './features/courses/courses.routes.ts'
import { docsRoutes } from './features/docs/docs.routes.ts'
import { eventsRoutes } from './features/events/events.routes.ts'
import { healthRoutes } from './features/health/health.routes.ts'
import { captionsRoutes } from './features/media/captions.routes.ts'
import { mediaRoutes } from './features/media/media.routes.ts'
import { mediaMergeRoutes } from './features/media/media-merge.routes.ts'
import { uploadsRoutes } from './features/uploads/uploads.routes.ts'
import { videosRoutes } from './features/videos/videos.routes.ts'
import { requireKnownHost } from './http/known-host.ts'
import { noStore } from './http/no-store.ts'
import { requireOwnOrigin } from './http/own-origin.ts'
import { createProblemResponse, ProblemError } from './http/problem-response.ts'
import { createTypeProblem, limitBody, requireJson } from './http/request-body.ts'
import { requestLog } from './http/request-log.ts'
import { createRouter } from './http/router.ts'
import { inspectorHeaders, mediaHeaders, securityHeaders } from './http/security-headers.ts'

const maxRequestIdLength = 64

const uploads = '/api/uploads/*'

// Routes whose request bodies are files.
const files = [uploads, '/api/media/:mediaId/thumbnail', '/api/media/:mediaId/captions/:language']

/** Creates the whole server except for its port: `fetch(Request)` resolves to a `Response`. */
export function createApp(dependencies: Dependencies) {
  const { log, page, host, extraHosts = [], newId } = dependencies
  const app = createRouter()
  app.use(
    requestId({ limitLength: maxRequestIdLength, generator: newId }),
    requestLog(dependencies),
    noStore,
    inspectorHeaders,
    mediaHeaders,
    securityHeaders,
    requireKnownHost(host, extraHosts),
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => refuseMethod(c.req.method, methods),
    }),
  )
  app.use('/api/*', except(uploads, limitBody), except(files, requireJson))
  app.on('ALL', files, requireOwnOrigin(extraHosts))
  const api = createRouter()
    .route('/', healthRoutes(dependencies))
    .route('/', coursesRoutes(dependencies))
    .route('/', chaptersRoutes(dependencies))
    .route('/', videosRoutes(dependencies))
    .route('/', mediaRoutes(dependencies))
    .route('/', mediaMergeRoutes(dependencies))
    .route('/', captionsRoutes(dependencies))
    .route('/', uploadsRoutes(dependencies))
    .route('/', eventsRoutes(dependencies))
  app.route('/', api)
  app.route('/', docsRoutes(dependencies, api))

  app.notFound(async (c) => {
    const { method, path } = c.req
    const isPage = (method === 'GET' || method === 'HEAD') && !/^\/(api|media)(\/|$)/.test(path)
    const served = isPage ? await page?.(c.req.raw, c.get('secureHeadersNonce') ?? '') : undefined
    return (
      served ?? createProblemResponse(createProblem('not-found', `There is nothing at ${path}.`))
    )
  })

  app.onError((error, c) => {
    const id = c.get('requestId')
    if (error instanceof ProblemError) {
      if (error.cause) log.error({ id, error }, error.problem.title)
      return createProblemResponse(error.problem)
    }
    if (error instanceof HTTPException && error.res) return error.res
    const refusal = error instanceof HTTPException && explainHttpError(error, c.req.raw)
    if (refusal) return createProblemResponse(refusal)
    log.error({ id, error }, 'unexpected')
    const detail = `An unexpected error occurred and was logged as ${id}. Try again in a moment.`
    return createProblemResponse(createProblem('unexpected', detail))
  })
  return app
}

/** Explains Hono's own rejections: a body that is not JSON, by its type or its content. */
function explainHttpError({ status }: HTTPException, { headers }: Request) {
  if (status === 400) return createProblem('malformed-body', 'Send a body that is valid JSON.')
  return status === 415 ? createTypeProblem(headers.get('content-type')) : undefined
}

function refuseMethod(method: string, methods: readonly string[]) {
  const allow = methods.toSorted().join(', ')
  const detail = `${method} is not supported here. Use ${allow}.`
  return createProblemResponse(createProblem('method-not-allowed', detail), { allow })
}
