import { z } from './zod.ts'

const kinds = {
  'malformed-body': { status: 400, title: 'The body is not valid JSON' },
  'invalid-request': { status: 400, title: 'The request is invalid' },
  'link-refused': { status: 403, title: 'The link was refused' },
  'wrong-origin': { status: 403, title: 'The request comes from another site' },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'Method not allowed' },
  'asset-in-use': { status: 409, title: 'The other video is used in chapters' },
  'asset-already-linked': { status: 409, title: 'The video is already in this chapter' },
  'stale-revision': { status: 409, title: 'A later change was applied first' },
  'upload-finished': { status: 409, title: 'The upload is finished' },
  'wrong-offset': { status: 409, title: 'The upload offset does not match' },
  removed: { status: 410, title: 'The video was removed' },
  'chapter-removed': { status: 410, title: 'The chapter was removed' },
  'course-removed': { status: 410, title: 'The course was removed' },
  'version-mismatch': { status: 412, title: 'It has changed in the meantime' },
  'unsupported-protocol': { status: 412, title: 'The tus version is not supported' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'file-too-large': { status: 413, title: 'The file is too large' },
  'unsupported-media-type': { status: 415, title: 'The content type is not supported' },
  'range-not-satisfiable': { status: 416, title: 'The range is outside the file' },
  'wrong-host': { status: 421, title: 'Unknown host name' },
  'different-content': { status: 422, title: 'The videos are different' },
  'id-reused': { status: 422, title: 'The id is already in use' },
  'media-not-found': { status: 422, title: 'The video file is not in the library' },
  'unusable-captions': { status: 422, title: 'The file has no usable captions' },
  'unusable-image': { status: 422, title: 'The file is not a usable image' },
  'unusable-video': { status: 422, title: 'The file is not a usable video' },
  'version-required': { status: 428, title: 'The version is missing' },
  unexpected: { status: 500, title: 'Something went wrong on the server' },
  'media-unavailable': { status: 503, title: 'The video storage is unavailable' },
  'insufficient-storage': { status: 507, title: 'The server’s disk is full' },
} as const

/** The last part of a problem's `type`, which is `/problems/<kind>`. */
export type ProblemKind = keyof typeof kinds

/** The statuses of problem responses. */
export type ProblemStatus = (typeof kinds)[ProblemKind]['status']

/** A problem as RFC 9457 defines it (`application/problem+json`), with a list of field errors. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().optional(),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .meta({
        description: 'What is wrong with which field; `path` is dotted, such as `body.filename`',
      }),
  })
  .meta({ id: 'Problem' })

export type Problem = z.infer<typeof problemSchema>

/** Whether a problem is of this kind. */
export const isProblemKind = ({ type }: Problem, kind: ProblemKind): boolean =>
  type === toType(kind)

const toType = (kind: ProblemKind) => `/problems/${kind}`

/**
 * Creates a problem of a known kind.
 * @param detail What happened and what to do about it, in a sentence for a person.
 * @param extra Field errors, or members specific to the kind.
 */
export function createProblem<Extra extends object = object>(
  kind: ProblemKind,
  detail: string,
  extra?: Extra,
): Problem & { status: ProblemStatus } & Extra {
  return { type: toType(kind), ...kinds[kind], detail, ...(extra as Extra) }
}
