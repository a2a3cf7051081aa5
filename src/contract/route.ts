import { createRoute, type z } from '@hono/zod-openapi'
import { problemSchema } from './problem.ts'

export { createRoute }

/** A JSON body, as a route declares it. */
export const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})

/** A required JSON request body. */
export const body = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true,
  content: { 'application/json': { schema } },
})

/** A problem, as a route declares it: a plain one unless a schema of its own is given. */
export const problem = <Schema extends z.ZodType = typeof problemSchema>(
  description: string,
  schema: Schema = problemSchema as unknown as Schema,
) => ({ description, content: { 'application/problem+json': { schema } } })
