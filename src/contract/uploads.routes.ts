import { idSchema } from './ids.ts'
import { createRoute, problem } from './route.ts'
import {
  newUploadHeadersSchema,
  tusHeadersSchema,
  tusVersion,
  uploadPartHeadersSchema,
  uploadPartType,
} from './uploads.ts'
import { z } from './zod.ts'

const params = z.object({ uploadId: idSchema })
const tags = ['Uploads']
const wrongVersion = problem(`\`Tus-Resumable\` is not \`${tusVersion}\``)
const wrongType = problem(`The body is not \`${uploadPartType}\``)
const wrongOrigin = problem('The request comes from another site')
const unusable = 'The file is empty, damaged or not a video; none of it is kept'

export const describeUploads = createRoute({
  method: 'options',
  path: '/api/uploads',
  tags,
  summary: 'Get the supported parts of tus 1.0 and the maximum file size',
  responses: { 204: { description: 'In `Tus-Version`, `Tus-Extension` and `Tus-Max-Size`' } },
})

export const createUpload = createRoute({
  method: 'post',
  path: '/api/uploads',
  tags,
  summary: 'Start a tus 1.0 upload; the body may be the first part of the file, or all of it',
  request: { headers: newUploadHeadersSchema },
  responses: {
    200: { description: 'The same upload was already started; `Upload-Offset` is its progress' },
    201: { description: 'Started; its URL is in `Location`' },
    400: problem('The id, filename or size is invalid'),
    403: wrongOrigin,
    412: wrongVersion,
    413: problem('The file is larger than `Tus-Max-Size`'),
    415: wrongType,
    422: problem(`The id is in use for another file. Or: ${unusable}`),
    507: problem('The disk has no room for the file'),
  },
})

export const getUpload = createRoute({
  method: 'get',
  path: '/api/uploads/{uploadId}',
  tags,
  summary: 'Get the progress of an upload; tus uses HEAD for this',
  request: { params },
  responses: {
    200: { description: 'In `Upload-Offset` and `Upload-Length`: equal once it is complete' },
    404: problem('No such upload'),
    412: wrongVersion,
    422: problem(unusable),
  },
})

export const continueUpload = createRoute({
  method: 'patch',
  path: '/api/uploads/{uploadId}',
  tags,
  summary: 'Send a part of the file; with the last one it becomes a media asset',
  request: {
    params,
    headers: uploadPartHeadersSchema,
    body: { content: { [uploadPartType]: { schema: z.string() } } },
  },
  responses: {
    204: { description: 'Received; `Upload-Offset` is the progress of the upload' },
    400: problem('The offset is invalid'),
    403: wrongOrigin,
    404: problem('No such upload'),
    409: problem('The offset is not that of the upload'),
    412: wrongVersion,
    413: problem('The part extends beyond the announced size'),
    415: wrongType,
    422: problem(unusable),
    507: problem('The disk is full; what was received is kept'),
  },
})

export const deleteUpload = createRoute({
  method: 'delete',
  path: '/api/uploads/{uploadId}',
  tags,
  summary: 'Cancel an upload and remove what was received; repeating it also returns 204',
  request: { params, headers: tusHeadersSchema },
  responses: {
    204: { description: 'Cancelled' },
    403: wrongOrigin,
    409: problem('The upload is finished: its file is in the library'),
    412: wrongVersion,
  },
})
