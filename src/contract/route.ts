import { createRoute, type z } from '@hono/zod-openapi'
import { problemSchema } from './problem.ts'

export { createRoute }

/** Declares a JSON response. */
export const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})

/** Declares a required JSON request body. */
export const body = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true,
  content: { 'application/json': { schema } },
})

/** Declares a problem response; some kinds have their own schema. */
export const problem = <Schema extends z.ZodType = typeof problemSchema>(
  description: string,
  schema: Schema = problemSchema as unknown as Schema,
) => ({ description, content: { 'application/problem+json': { schema } } })
