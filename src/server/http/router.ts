import { OpenAPIHono } from '@hono/zod-openapi'
import { refuse } from './problem-response.ts'

const places = {
  json: 'body',
  form: 'body',
  param: 'params',
  query: 'query',
  header: 'headers',
  cookie: 'cookies',
} as const

export type Variables = {
  requestId: string
  nonce: string
  /** When the request came, by the app's clock. */
  begun: number
}

/** A part of the app whose requests are held against the contract. */
export const createRouter = () =>
  new OpenAPIHono<{ Variables: Variables }>({
    defaultHook: (result) => {
      if (result.success) return
      const place = places[result.target]
      const errors = result.error.issues.map(({ path, message }) => ({
        path: [place, ...path].join('.'),
        message,
      }))
      const sentences = [...new Set(errors.map(({ message }) => message))].join('. ')
      refuse('invalid-request', `${sentences}.`, { errors })
    },
  })
