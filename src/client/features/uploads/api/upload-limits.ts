import { queryOptions } from '@tanstack/react-query'
import { requestStream } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'

/** The largest file size that the server accepts, in bytes; `null` if it does not say. */
export const uploadLimitsQuery = queryOptions({
  queryKey: queryKeys.uploadLimits,
  queryFn: async ({ signal }) => {
    const { headers } = await requestStream('OPTIONS /api/uploads', { signal })
    const maxSize = Number(headers.get('tus-max-size'))
    return { maxSize: maxSize > 0 ? maxSize : null }
  },
  staleTime: Number.POSITIVE_INFINITY,
})
