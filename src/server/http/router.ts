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
    defaultHook: (result, c) => {
      if (result.success) return
      if (result.target === 'json' && c.req.header('content-type') === undefined) {
        refuse('malformed-body', 'The body is missing. Send a JSON object, as application/json.')
      }
      const part = requestParts[result.target]
      const errors = result.error.issues.map((issue) => ({
        path: [part, ...issue.path].join('.'),
        message: isNotObject(issue) ? 'Send a JSON object' : issue.message,
      }))
      const sentences = [...new Set(errors.map(({ message }) => message))].join('. ')
      refuse('invalid-request', `${sentences}.`, { errors })
    },
  })

const isNotObject = ({ code, path }: { code: string; path: readonly PropertyKey[] }) =>
  code === 'invalid_type' && path.length === 0
