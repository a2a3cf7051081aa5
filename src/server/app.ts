import { HTTPException } from 'hono/http-exception'
import { createProblem } from '#contract/problem.ts'
import type { Dependencies } from './dependencies.ts'
import { ConnectionCut, severedResponse } from './faults/connection-cut.ts'
import { chaptersRoutes } from './features/chapters/chapters.routes.ts'
import { coursesRoutes } from './features/courses/courses.routes.ts'
import { docsRoutes } from './features/docs/docs.routes.ts'
import { healthRoutes } from './features/health/health.routes.ts'
import { mediaRoutes } from './features/media/media.routes.ts'
import { videosRoutes } from './features/videos/videos.routes.ts'
import { requireKnownHost } from './http/known-host.ts'
import { knownRoutes } from './http/known-routes.ts'
import { ProblemError, problemResponse } from './http/problem-response.ts'
import { limitBody, requireJson } from './http/request-body.ts'
import { requestLog } from './http/request-log.ts'
import { createRouter } from './http/router.ts'
import { securityHeaders } from './http/security-headers.ts'

/** The whole server but for the port it listens on: `fetch(Request)` gives a `Response`. */
export function createApp(dependencies: Dependencies) {
  const { log, page, wait, host } = dependencies
  const api = createRouter()
    .route('/', healthRoutes(dependencies))
    .route('/', coursesRoutes(dependencies))
    .route('/', chaptersRoutes(dependencies))
    .route('/', videosRoutes(dependencies))
    .route('/', mediaRoutes(dependencies))
  const docs = docsRoutes(dependencies, api)
  const methodsOf = knownRoutes([...api.routes, ...docs.routes])
  const app = createRouter()

  app.use(requestLog(dependencies), securityHeaders, requireKnownHost(host))
  app.use('/api/*', async (c, next) => {
    const methods = methodsOf(c.req.path)
    if (!methods) return next()
    if (methods.has(c.req.method)) return limitBody(c, () => requireJson(c, next).then(() => {}))
    return wrongMethod(c.req.method, methods)
  })
  app.route('/', api)
  app.route('/', docs)

  app.notFound(async (c) => {
    const { method, path } = c.req
    const methods = methodsOf(path)
    if (methods) return wrongMethod(method, methods)
    const isPage = (method === 'GET' || method === 'HEAD') && !/^\/(api|media)(\/|$)/.test(path)
    const served = isPage ? await page?.(c.req.raw, c.get('nonce')) : undefined
    return served ?? problemResponse(createProblem('not-found', `There is nothing at ${path}.`))
  })

  app.onError((error, c) => {
    if (error instanceof ProblemError) return problemResponse(error.problem)
    if (error instanceof ConnectionCut) return severedResponse(wait)
    if (error instanceof HTTPException && error.status === 400) {
      return problemResponse(createProblem('malformed-body', 'Send a body that is valid JSON.'))
    }
    const id = c.get('requestId')
    log.error({ id, error }, 'unexpected')
    const detail = `This was not expected, and has been noted as ${id}. Try again in a moment.`
    return problemResponse(createProblem('unexpected', detail))
  })
  return app
}

function wrongMethod(method: string, methods: ReadonlySet<string>) {
  const allow = [...methods].sort().join(', ')
  return problemResponse(
    createProblem('method-not-allowed', `${method} does not work here; ${allow} does.`),
    { allow },
  )
}
