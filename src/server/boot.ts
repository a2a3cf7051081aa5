import { createRequire } from 'node:module'
import path from 'node:path'
import { pino } from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { delay } from '#shared/delay.ts'
import type { Dependencies } from './dependencies.ts'
import { createFaults } from './faults/faults.ts'
import { pageIn } from './node/page-files.ts'
import { openStorage } from './node/storage.ts'
import { filesIn } from './node/stored-files.ts'
import { builtPage, demoMedia } from './paths.ts'
import { readSettings } from './settings.ts'

/** Makes all that the app needs, out of the environment. */
export async function boot(environment: Record<string, string | undefined>) {
  const settings = readSettings(environment)
  const log = pino({
    level: settings.LECTERN_LOG,
    base: null,
    serializers: { error: pino.stdSerializers.errWithCause },
  })
  const { database, close } = await openStorage(settings)
  const faults = settings.LECTERN_FAULTS
  if (faults) log.warn({ faults }, 'LECTERN_FAULTS is set: links are delayed, refused or cut off')
  const dependencies: Dependencies = {
    database,
    files: filesIn(demoMedia),
    log,
    clock: { now: () => Date.now() },
    newId: () => uuidv7(),
    wait: delay,
    faults: faults && createFaults(faults),
    docs: filesIn(path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist'))),
    page: pageIn(builtPage),
    host: settings.HOST,
  }
  return { settings, log, dependencies, close }
}
