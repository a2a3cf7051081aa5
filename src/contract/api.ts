import type { RouteConfig, z } from '@hono/zod-openapi'
import type * as captions from './captions.routes.ts'
import type * as chapters from './chapters.routes.ts'
import type * as courses from './courses.routes.ts'
import type * as events from './events.routes.ts'
import type * as health from './health.routes.ts'
import type * as media from './media.routes.ts'
import type * as uploads from './uploads.routes.ts'
import type * as videos from './videos.routes.ts'

type Routes = typeof captions &
  typeof chapters &
  typeof courses &
  typeof events &
  typeof health &
  typeof media &
  typeof uploads &
  typeof videos
type Route = Routes[keyof Routes]

type NameOf<R> = R extends { method: infer Method extends string; path: infer Path extends string }
  ? `${Uppercase<Method>} ${Path}`
  : never
type RouteNamed<R, Name> = R extends unknown ? (NameOf<R> extends Name ? R : never) : never
type RouteOf<Name> = RouteNamed<Route, Name>
type Input<T> = T extends z.ZodType ? z.input<T> : never
type Part<R, Key extends string> = R extends { request: Record<Key, infer P> } ? P : never
type BodyOf<R> = [Part<R, 'body'>] extends [never]
  ? undefined
  : Part<R, 'body'> extends { content: { 'application/json': { schema: infer S } } }
    ? Input<S>
    : Blob
type JsonOf<Response> = Response extends { content: { 'application/json': { schema: infer S } } }
  ? S extends z.ZodType
    ? z.output<S>
    : never
  : undefined
type SuccessBody<R> = R extends { responses: infer Responses extends RouteConfig['responses'] }
  ? JsonOf<Responses[Extract<keyof Responses, 200 | 201 | 204>]>
  : never

/** A route's name: its method and path, such as `GET /api/courses/{courseId}`. */
export type RouteName = NameOf<Route>

/** The parts of a request to a route. */
export type RequestTo<Name extends RouteName> = {
  params: Input<Part<RouteOf<Name>, 'params'>>
  query: Input<Part<RouteOf<Name>, 'query'>>
  headers: Input<Part<RouteOf<Name>, 'headers'>>
  body: BodyOf<RouteOf<Name>>
}

/** The body of a route's successful response; `undefined` if it has none. */
export type ResponseBody<Name extends RouteName> = SuccessBody<RouteOf<Name>>

/** The routes with a body in a successful response, even if not in each one. */
export type RouteWithResponse = {
  [Name in RouteName]: [ResponseBody<Name>] extends [undefined] ? never : Name
}[RouteName]
