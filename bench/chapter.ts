import { generateNKeysBetween } from 'fractional-indexing'
import { v7 as uuidv7 } from 'uuid'
import type { Chapter } from '#contract/chapters.ts'
import type { Course } from '#contract/courses.ts'
import type { Link, Video } from '#contract/videos.ts'
import { maxBatchSize } from '#contract/videos.ts'
import { chunks } from '#shared/groups.ts'
import type { Asset } from './library.ts'

/** Sends a request to a server's address, or to the app in this process. */
export type Send = (path: string, init?: RequestInit) => Response | Promise<Response>

/** Sends requests to a server's address. */
export const sendTo =
  (address: string): Send =>
  (path, init) =>
    fetch(`${address}${path}`, init)

let created = 0

/** Creates a course with one chapter that holds these assets; both have the same title. */
export async function createChapter(send: Send, assets: readonly Asset[] = []): Promise<Chapter> {
  created += 1
  const title = `Subject ${created}`
  const course: Course = await post(send, '/api/courses', { title })
  const chapter = await addChapter(send, course.id, title)
  await fillChapter(send, chapter, assets)
  return chapter
}

/** Creates a course with a chapter for each list of assets. */
export async function createCourse(
  send: Send,
  chapters: readonly (readonly Asset[])[],
): Promise<Course> {
  created += 1
  const course: Course = await post(send, '/api/courses', { title: `Subject ${created}` })
  for (const [index, assets] of chapters.entries()) {
    const chapter = await addChapter(send, course.id, `Part ${index + 1}`)
    await fillChapter(send, chapter, assets)
  }
  return course
}

async function fillChapter(send: Send, chapter: Chapter, assets: readonly Asset[]) {
  const batches = chunks(createLinks(assets), maxBatchSize)
  await Promise.all(batches.map((batch) => linkBatch(send, chapter, batch)))
  await expectVideos(send, chapter, assets.length)
}

/** Adds an empty chapter to a course. */
export const addChapter = (send: Send, courseId: string, title: string): Promise<Chapter> =>
  post(send, `/api/courses/${courseId}/chapters`, { title })

/** Creates `count` courses with one chapter each, which holds these assets. */
export async function createChapters(send: Send, assets: readonly Asset[], count: number) {
  const chapters: [Chapter, ...Chapter[]] = [await createChapter(send, assets)]
  while (chapters.length < count) chapters.push(await createChapter(send, assets))
  return chapters
}

/** Creates links of assets, as the page would. */
export function createLinks(assets: readonly Asset[]): Link[] {
  const positions = generateNKeysBetween(null, null, assets.length)
  return assets.map(({ id: mediaId, filename }, index) => ({
    id: uuidv7(),
    mediaId,
    filename,
    position: positions[index] ?? '',
  }))
}

/** Links videos in one request, and reads the whole response. */
export async function linkBatch(send: Send, chapter: Chapter, videos: readonly Link[]) {
  const path = `/api/chapters/${chapter.id}/videos/batch`
  const response = await send(path, jsonRequest('POST', { videos }))
  const lines = (await response.text()).split('\n')
  if (lines.filter((line) => line.includes('"status":201')).length !== videos.length) {
    throw new Error(`Expected ${videos.length} links; the response begins with ${lines[0]}`)
  }
}

/** Links one video in a request of its own. */
export async function linkOne(send: Send, chapter: Chapter, link: Link) {
  const { path, body } = linkRequest(chapter, link)
  const response = await send(path, jsonRequest('PUT', body))
  await response.text()
  if (response.status !== 201) throw new Error(`Linking failed with status ${response.status}`)
}

/** The PUT request that links one video. */
export const linkRequest = (chapter: Chapter, { id, ...body }: Link) => ({
  path: `/api/chapters/${chapter.id}/videos/${id}`,
  body,
})

/** Throws unless the chapter holds `count` videos: a time counts only if the work was done. */
export async function expectVideos(send: Send, chapter: Chapter, count: number) {
  const response = await send(`/api/chapters/${chapter.id}/videos`)
  const { videos } = (await response.json()) as { videos: Video[] }
  if (videos.length === count) return
  throw new Error(`${chapter.title} has ${videos.length} videos instead of ${count}`)
}

async function post<Data>(send: Send, path: string, body: unknown): Promise<Data> {
  const response = await send(path, jsonRequest('POST', body))
  if (response.status !== 201) throw new Error(`${path} failed with status ${response.status}`)
  return (await response.json()) as Data // The contract defines the response.
}

const jsonRequest = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
