import { databaseAddress } from 'virtual:demo-database'
import { v7 as uuidv7 } from 'uuid'
import { createApp } from '#server/app.ts'
import { migrate } from '#server/db/migrate.ts'
import type { Log } from '#server/dependencies.ts'
import { type DrawFault, withLinkFaults } from '#server/faults/link-faults.ts'
import { createLinker } from '#server/features/videos/link-videos.ts'
import { defaultKeptDays, startUpkeep } from '#server/upkeep.ts'
import { delay } from '#shared/delay.ts'
import { inspectVideo } from './inspect-video.ts'
import { createMediaFiles } from './media-files.ts'
import { openPgliteInBrowser } from './pglite-in-browser.ts'
import { fill, refill } from './seed.ts'
import { createUploadsInMemory } from './uploads-in-memory.ts'

/** Starts the real app in the page, over a database in IndexedDB. */
export async function startServer(drawFault: DrawFault) {
  const { database, notifier, broadcast } = await openPgliteInBrowser(
    'lectern-demo',
    databaseAddress,
  )
  await migrate(database, fill)
  const clock = { now: () => Date.now() }
  const linkVideos = createLinker({ database, clock, log })
  const demo = createMediaFiles()
  const { uploads, files, thumbnails } = createUploadsInMemory(inspectVideo)
  const app = createApp({
    database,
    notifier,
    broadcast,
    files: { open: async (name) => (await files.open(name)) ?? demo.open(name) },
    uploads,
    thumbnails,
    log,
    clock,
    newId: () => uuidv7(),
    docs: undefined,
    page: undefined,
    host: undefined,
    linkVideos: withLinkFaults(linkVideos, { drawFault, clock, wait: delay }),
  })
  const { noteRequest } = startUpkeep({
    database,
    clock,
    log,
    isEmbedded: true,
    keepRemovedDays: defaultKeptDays,
  })
  const fetch = async (request: Request) => {
    noteRequest()
    try {
      return await app.fetch(request)
    } finally {
      noteRequest()
    }
  }
  return { app: { fetch }, reset: () => refill(database) }
}

const log: Log = {
  info: () => {},
  warn: () => {},
  error: (fields, message) => reportError(new Error(message, { cause: fields })),
}
