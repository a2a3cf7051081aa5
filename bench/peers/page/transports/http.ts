import type { Link, Video } from '#contract/videos.ts'
import type { Transport } from '../layer.ts'

/** One request each, all at once: over HTTP/1.1 the browser sends six at a time. */
export const createHttpTransport = (chapterId: string): Transport => ({
  async list(signal) {
    const path = `/api/chapters/${chapterId}/videos`
    const { videos } = await request<{ videos: Video[] }>('GET', path, { signal })
    return videos
  },
  link: ({ id, ...content }: Link) =>
    request<Video>('PUT', `/api/chapters/${chapterId}/videos/${id}`, { body: content }),
  rename: ({ id, version }, filename) =>
    request<Video>('PATCH', `/api/videos/${id}`, {
      body: { filename },
      headers: { 'if-match': `"${version}"` },
    }),
})

interface RequestParts {
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal | undefined
}

async function request<Data>(
  method: string,
  path: string,
  { body, headers, signal }: RequestParts,
): Promise<Data> {
  const response = await fetch(path, {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  })
  if (!response.ok) throw new Error(`${method} ${path} failed with status ${response.status}`)
  return response.json()
}
