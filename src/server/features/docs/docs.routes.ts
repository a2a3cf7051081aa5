import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Dependencies } from '../../dependencies.ts'
import { refuse } from '../../http/problem-response.ts'
import { createRouter, type Variables } from '../../http/router.ts'

const types = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
} as const

const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Lectern: the API</title>
    <link rel="icon" type="image/svg+xml" href="/icon.svg" />
    <link rel="stylesheet" href="/api/docs/swagger-ui.css" />
    <script defer src="/api/docs/swagger-ui-bundle.js"></script>
    <script defer src="/api/docs/start.js"></script>
  </head>
  <body>
    <div id="api"></div>
  </body>
</html>
`

const start = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#api', validatorUrl: null })\n`

/** The OpenAPI document, and a page that displays it without external resources. */
export function docsRoutes(
  { docs }: Pick<Dependencies, 'docs'>,
  api: OpenAPIHono<{ Variables: Variables }>,
) {
  const router = createRouter()
  router.get('/api/openapi.json', (c) =>
    c.json(
      api.getOpenAPI31Document({
        openapi: '3.1.0',
        info: {
          title: 'Lectern',
          version: '1',
          description: 'The API of Lectern, where instructors build video courses.',
        },
      }),
    ),
  )
  router.get('/api/docs', (c) => c.html(html))
  router.get('/api/docs/start.js', (c) =>
    c.body(start, 200, { 'content-type': 'text/javascript; charset=utf-8' }),
  )
  router.get('/api/docs/:name', async (c) => {
    const name = c.req.param('name')
    const file = name in types ? await docs?.open(name) : undefined
    if (!file) refuse('not-found', `There is nothing at ${c.req.path}.`)
    return c.body(file.stream(0, file.size - 1), 200, {
      'content-type': types[name as keyof typeof types],
      'cache-control': 'no-cache',
    })
  })
  return router
}
