import { generateNKeysBetween } from 'fractional-indexing'
import { v7 as uuidv7 } from 'uuid'
import type { Chapter } from '#contract/chapters.ts'
import type { Course } from '#contract/courses.ts'
import type { Link, Video } from '#contract/videos.ts'
import { largestBatch } from '#contract/videos.ts'
import type { AssetRow } from '#server/db/seed/rows.ts'

/** Answers a request: a server's address with `fetch`, or the app itself. */
export type Send = (path: string, init?: RequestInit) => Response | Promise<Response>

export const sendTo =
  (address: string): Send =>
  (path, init) =>
    fetch(`${address}${path}`, init)

let made = 0

/** Makes a course of one chapter that holds these assets; both bear the same title. */
export async function makeChapter(send: Send, assets: readonly AssetRow[] = []): Promise<Chapter> {
  made += 1
  const title = `Subject ${made}`
  const course: Course = await post(send, '/api/courses', { title })
  const chapter: Chapter = await post(send, `/api/courses/${course.id}/chapters`, { title })
  const links = linksOf(assets)
  const batches: Promise<void>[] = []
  for (let start = 0; start < links.length; start += largestBatch) {
    batches.push(linkBatch(send, chapter, links.slice(start, start + largestBatch)))
  }
  await Promise.all(batches)
  await expectVideos(send, chapter, assets.length)
  return chapter
}

/** Makes so many courses of one chapter, with these assets in each. */
export async function makeChapters(send: Send, assets: readonly AssetRow[], count: number) {
  const chapters: [Chapter, ...Chapter[]] = [await makeChapter(send, assets)]
  while (chapters.length < count) chapters.push(await makeChapter(send, assets))
  return chapters
}

/** Links to make of assets, as the page would. */
export function linksOf(assets: readonly AssetRow[]): Link[] {
  const positions = generateNKeysBetween(null, null, assets.length)
  return assets.map(({ id: mediaId, filename }, index) => ({
    id: uuidv7(),
    mediaId,
    filename,
    position: positions[index] ?? '',
  }))
}

/** Links videos by one request, and reads its answer to the end. */
export async function linkBatch(send: Send, chapter: Chapter, videos: readonly Link[]) {
  const response = await send(`/api/chapters/${chapter.id}/videos/batch`, json('POST', { videos }))
  const lines = (await response.text()).split('\n')
  if (lines.filter((line) => line.includes('"status":201')).length !== videos.length) {
    throw new Error(`Not all of ${videos.length} links were made: ${lines[0]}`)
  }
}

/** Links one video by a request of its own. */
export async function linkOne(send: Send, chapter: Chapter, link: Link) {
  const { path, body } = singleLink(chapter, link)
  const response = await send(path, json('PUT', body))
  await response.text()
  if (response.status !== 201) throw new Error(`A link was answered with ${response.status}`)
}

/** The request that links one video. */
export const singleLink = (chapter: Chapter, { id, ...body }: Link) => ({
  path: `/api/chapters/${chapter.id}/videos/${id}`,
  body,
})

/** What was measured counts only if it happened. */
export async function expectVideos(send: Send, chapter: Chapter, count: number) {
  const response = await send(`/api/chapters/${chapter.id}/videos`)
  const { videos } = (await response.json()) as { videos: Video[] }
  if (videos.length === count) return
  throw new Error(`${chapter.title} holds ${videos.length} videos, and should hold ${count}`)
}

async function post<Answer>(send: Send, path: string, body: unknown): Promise<Answer> {
  const response = await send(path, json('POST', body))
  if (response.status !== 201) throw new Error(`${path} was answered with ${response.status}`)
  return (await response.json()) as Answer // The contract says what the route answers.
}

const json = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
