import { OpenAPIHono } from '@hono/zod-openapi'
import type { RequestIdVariables } from 'hono/request-id'
import type { SecureHeadersVariables } from 'hono/secure-headers'
import { refuse } from './problem-response.ts'

const requestParts = {
  json: 'body',
  form: 'body',
  param: 'params',
  query: 'query',
  header: 'headers',
  cookie: 'cookies',
} as const

export type Variables = RequestIdVariables & SecureHeadersVariables

/** A part of the app; its requests are validated against the contract. */
export const createRouter = () =>
  new OpenAPIHono<{ Variables: Variables }>({
    defaultHook: (result) => {
      if (result.success) return
      const part = requestParts[result.target]
      const errors = result.error.issues.map(({ path, message }) => ({
        path: [part, ...path].join('.'),
        message,
      }))
      const sentences = [...new Set(errors.map(({ message }) => message))].join('. ')
      refuse('invalid-request', `${sentences}.`, { errors })
    },
  })
