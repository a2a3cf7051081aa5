import { generateNKeysBetween } from 'fractional-indexing'
import { v7 as uuidv7 } from 'uuid'
import type { Course } from '#contract/courses.ts'
import type { MediaAsset, MediaPage } from '#contract/media.ts'
import { type Link, maxBatchSize, type Video, type VideoPatch } from '#contract/videos.ts'
import { chunks } from '#shared/groups.ts'

export type Api = ReturnType<typeof createApi>

/** Creates a second client of the server, which prepares data, reads it, and interferes. */
export function createApi(address: string) {
  async function send(route: string, body?: unknown, headers: Record<string, string> = {}) {
    const [method = '', path = ''] = route.split(' ')
    return fetch(`${address}${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  }

  /** Sends a request that must succeed, and parses the JSON response. */
  async function requestJson<Body>(...request: Parameters<typeof send>): Promise<Body> {
    const response = await send(...request)
    if (!response.ok) throw new Error(`${request[0]}: ${response.status} ${await response.text()}`)
    return response.json()
  }

  const videos = async (chapterId: string) =>
    (await requestJson<{ videos: Video[] }>(`GET /api/chapters/${chapterId}/videos`)).videos

  async function change(video: Pick<Video, 'id' | 'chapterId'>, patch: VideoPatch) {
    const current = (await videos(video.chapterId)).find(({ id }) => id === video.id)
    return requestJson<Video>(`PATCH /api/videos/${video.id}`, patch, {
      'if-match': `"${current?.version}"`,
    })
  }

  return {
    send,
    videos,
    change,

    /** Lists the library, sorted by name. */
    async media(count = 200, search = ''): Promise<MediaAsset[]> {
      const media: MediaAsset[] = []
      for (let cursor: string | null = ''; cursor !== null && media.length < count; ) {
        const query = new URLSearchParams({ search, limit: '200', ...(cursor && { cursor }) })
        const page: MediaPage = await requestJson(`GET /api/media?${query}`)
        media.push(...page.media)
        cursor = page.nextCursor
      }
      return media.slice(0, count)
    },

    /** Creates a course with chapters that have these titles. */
    async createCourse(title: string, ...chapters: string[]): Promise<Course> {
      const { id } = await requestJson<Course>('POST /api/courses', { title })
      for (const chapter of chapters) {
        await requestJson(`POST /api/courses/${id}/chapters`, { title: chapter })
      }
      return requestJson(`GET /api/courses/${id}`)
    },

    /** Links assets to an empty chapter, in this order. */
    async link(chapterId: string, assets: readonly MediaAsset[]): Promise<Video[]> {
      const positions = generateNKeysBetween(null, null, assets.length)
      const links = assets.map(
        ({ id, filename }, index): Link => ({
          id: uuidv7(),
          mediaId: id,
          filename,
          position: positions[index] ?? '',
        }),
      )
      for (const batch of chunks(links, maxBatchSize)) {
        await (await send(`POST /api/chapters/${chapterId}/videos/batch`, { videos: batch })).text()
      }
      return videos(chapterId)
    },

    filenames: async (chapterId: string) =>
      (await videos(chapterId)).map(({ filename }) => filename),

    remove: async (video: Pick<Video, 'id'>) => {
      await send(`DELETE /api/videos/${video.id}`)
    },
  }
}
