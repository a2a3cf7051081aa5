import { v7 as uuidv7 } from 'uuid'
import type { Chapter } from '#contract/chapters.ts'
import type { Video } from '#contract/videos.ts'
import { createApp } from '#server/app.ts'
import { seedDemo } from '#server/db/seed/demo.ts'
import { insertRows, type Rows } from '#server/db/seed/insert-rows.ts'
import {
  type AssetRow,
  createAssetRow,
  createChapterRows,
  createCourseRow,
  createVideoRows,
  type DemoFile,
} from '#server/db/seed/rows.ts'
import type { Dependencies, FileSource, LinkVideos } from '#server/dependencies.ts'
import { createLinker } from '#server/features/videos/link-videos.ts'
import { defaultWorkspace } from '#server/workspace.ts'
import { openTestDatabase } from './database.ts'

export type TestServer = Awaited<ReturnType<typeof createTestServer>>
type RequestOptions = { body?: unknown; headers?: Record<string, string>; signal?: AbortSignal }

/** A file of the media library, 1,000 bytes long: 0, 1, 2 … 255, 0, 1 … */
export const testBytes = Uint8Array.from({ length: 1000 }, (_, index) => index % 256)

export const testFile: DemoFile = {
  file: 'test.mp4',
  thumbnail: 'test.webp',
  filename: 'Lesson.mp4',
  sizeBytes: testBytes.length,
  durationSeconds: 12.5,
  width: 640,
  height: 360,
  codec: 'h264',
  mimeType: 'video/mp4',
}

type Options = Partial<Dependencies> & { wrapLinkVideos?: (linkVideos: LinkVideos) => LinkVideos }

/**
 * Creates the real app over an empty database, without a port. It runs in Node and, under MSW, in
 * the browser. `close` it after the test.
 */
export async function createTestServer({ wrapLinkVideos, ...given }: Options = {}) {
  const { database, notifier, broadcast, close } = await openTestDatabase()
  const logged: { level: string; fields: object; message: string }[] = []
  const logAt = (level: string) => (fields: object, message: string) => {
    logged.push({ level, fields, message })
  }
  const dependencies: Dependencies = {
    database,
    notifier,
    broadcast,
    files: testFiles,
    log: { info: logAt('info'), warn: logAt('warn'), error: logAt('error') },
    clock: { now: () => Date.now() },
    newId: () => uuidv7(),
    docs: undefined,
    page: undefined,
    host: undefined,
    ...given,
  }
  const linkVideos = wrapLinkVideos?.(createLinker(dependencies))
  const app = createApp({ ...dependencies, linkVideos })
  const context = { workspaceId: defaultWorkspace, newId: dependencies.newId, now: new Date() }
  const add = (rows: Rows) => insertRows(database, rows)

  return {
    app,
    close,
    database,
    dependencies,
    logged,

    /** Sends a request such as `PUT /api/…`, its body as JSON. */
    async send(route: string, { body, headers, signal }: RequestOptions = {}): Promise<Response> {
      const [method = '', path = ''] = route.split(' ')
      return app.request(path, {
        method,
        headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(signal && { signal }),
      })
    },

    /** Adds the demo course with these files. */
    addDemo: (files: readonly DemoFile[] = [testFile]) => seedDemo(database, context, files),

    /** Reads the names of a chapter's videos, in order. */
    async filenames(chapterId: string): Promise<string[]> {
      const { videos } = await (await this.send(`GET /api/chapters/${chapterId}/videos`)).json()
      return videos.map(({ filename }: Video) => filename)
    },

    /** Reads the chapters of a course, in order. */
    async chapters(courseId: string): Promise<Chapter[]> {
      return (await (await this.send(`GET /api/courses/${courseId}`)).json()).chapters
    },

    async addAssets(filenames: readonly string[], file: Partial<DemoFile> = {}) {
      const assets = filenames.map((name) =>
        createAssetRow(context, { ...testFile, ...file }, name),
      )
      await add({ assets })
      return assets
    },

    async addCourse(title = 'A course') {
      const course = createCourseRow(context, title)
      await add({ courses: [course] })
      return course
    },

    /** Adds a course with chapters that have these titles. */
    async addChapters(...titles: string[]) {
      const course = createCourseRow(context, 'A course')
      const chapters = createChapterRows(context, course.id, titles)
      await add({ courses: [course], chapters })
      return chapters
    },

    async addVideos(chapterId: string, assets: readonly AssetRow[]) {
      const videos = createVideoRows(context, chapterId, assets)
      await add({ videos })
      return videos
    },
  }
}

/** A source with a single file and its thumbnail. */
export const testFiles: FileSource = {
  async open(name) {
    if (name !== testFile.file && name !== testFile.thumbnail) return undefined
    return {
      size: testBytes.length,
      modifiedAt: Date.UTC(2026, 0, 2),
      stream: (start, end) => toStream(testBytes.slice(start, end + 1)),
    }
  },
}

const toStream = (bytes: Uint8Array<ArrayBuffer>) =>
  new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      controller.enqueue(bytes)
      controller.close()
    },
  })
