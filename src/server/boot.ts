import type { Server } from 'node:http'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pino } from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { delay } from '#shared/delay.ts'
import { findUsedFiles } from './db/asset-files.ts'
import type { Dependencies } from './dependencies.ts'
import type { FaultSettings } from './faults/fault-settings.ts'
import { createFaultGenerator, withLinkFaults } from './faults/link-faults.ts'
import { createLinker } from './features/videos/link-videos.ts'
import { explainFolderError } from './node/folder-errors.ts'
import { createMediaFolder, prepareMediaFolders } from './node/media-folder.ts'
import type { MediaStore } from './node/media-store.ts'
import { createPage } from './node/page-files.ts'
import { openStorage } from './node/storage.ts'
import { combineFileSources, createFileSource } from './node/stored-files.ts'
import { createUploads } from './node/uploads/uploads.ts'
import { builtPage, demoMedia } from './paths.ts'
import { readSettings, type Settings } from './settings.ts'
import { startUpkeep, type Upkeep } from './upkeep.ts'

/** Builds the app's dependencies from the environment. */
export async function boot(environment: Record<string, string | undefined>) {
  const settings = readSettings(environment)
  const log = pino({
    level: settings.LECTERN_LOG,
    base: null,
    serializers: { error: pino.stdSerializers.errWithCause },
  })
  const logOpenFailure = (error: unknown) => {
    log.debug({ error }, 'the storage could not be opened')
    throw error
  }
  // Before the database, since opening that locks, migrates and seeds it.
  const bucket = await openBucket(settings).catch(logOpenFailure)
  const { database, notifier, broadcast, close } = await openStorage(settings).catch(logOpenFailure)
  const media = bucket ?? openMediaFolder(path.resolve(settings.LECTERN_DATA))
  const stopping = new AbortController()
  const dependencies: Dependencies = {
    database,
    notifier,
    broadcast,
    stopping: stopping.signal,
    files: combineFileSources(createFileSource(demoMedia), media),
    log,
    clock: { now: () => Date.now() },
    newId: () => uuidv7(),
    docs: createFileSource(path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist'))),
    page: createPage(builtPage),
    host: settings.HOST,
    extraHosts: settings.LECTERN_HOSTS,
    uploads: createUploads({ store: media, maxSize: settings.LECTERN_MAX_UPLOAD }),
    thumbnails: media,
  }
  const faults = settings.LECTERN_FAULTS
  return {
    settings,
    log,
    dependencies: faults ? withFaults(dependencies, faults) : dependencies,
    deleteAbandoned: (before: Date) =>
      media.deleteStale(before, (names) => findUsedFiles(database, names)),
    /** Ends the streams that would keep the server from stopping. */
    endStreams: () => stopping.abort(),
    async close() {
      await close()
      media.close()
    },
  }
}

/** Opens the media bucket, if the settings name one. */
async function openBucket({ LECTERN_MEDIA }: Settings): Promise<MediaStore | undefined> {
  if (!LECTERN_MEDIA) return undefined
  // Loading the SDK takes longer than the rest of the start-up.
  const { openMediaBucket } = await import('./node/s3/media-bucket.ts')
  return openMediaBucket(LECTERN_MEDIA)
}

function openMediaFolder(dataFolder: string): MediaStore {
  try {
    return createMediaFolder(prepareMediaFolders(dataFolder))
  } catch (error) {
    throw explainFolderError(error, dataFolder)
  }
}

/** Starts the upkeep of the database and the files, and tells it when requests begin and end. */
export function startServerUpkeep(
  server: Server,
  {
    settings,
    dependencies,
    deleteAbandoned,
  }: Omit<Awaited<ReturnType<typeof boot>>, 'close' | 'endStreams'>,
): Upkeep {
  const upkeep = startUpkeep({
    ...dependencies,
    isEmbedded: settings.DATABASE_URL === undefined,
    keepRemovedDays: settings.LECTERN_KEEP_REMOVED_DAYS,
    keepUploadsDays: settings.LECTERN_KEEP_UPLOADS_DAYS,
    deleteAbandoned,
  })
  server.on('request', (_request, response) => {
    upkeep.noteRequest()
    response.once('close', upkeep.noteRequest)
  })
  return upkeep
}

function withFaults(dependencies: Dependencies, faults: FaultSettings): Dependencies {
  const { log, clock } = dependencies
  log.warn({ faults }, 'LECTERN_FAULTS is set: links are delayed, refused or cut off')
  const options = { drawFault: createFaultGenerator(faults), clock, wait: delay }
  return {
    ...dependencies,
    linkVideos: withLinkFaults(createLinker(dependencies), options),
  }
}
