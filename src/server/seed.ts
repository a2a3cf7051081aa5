import { parseArgs } from 'node:util'
import { errorMessage } from '#shared/error-message.ts'
import { SeedError, seedBulk } from './db/seed/bulk.ts'
import { exitWithError, StartError, usageExitCode } from './node/start-error.ts'
import { createSeedContext, openStorage, readDemoFiles } from './node/storage.ts'
import { readSettings } from './settings.ts'

const usage = 'Usage: npm run seed -- --chapters 20 --videos 2000 --media 10000'
const maxCount = 1_000_000

try {
  const size = parseSize(process.argv.slice(2))
  const { database, close } = await openStorage(readSettings(process.env))
  try {
    await database.transaction((transaction) =>
      seedBulk(transaction, createSeedContext(), readDemoFiles(), size),
    )
  } finally {
    await close()
  }
  const course = `, and a course of ${size.chapters} chapters with ${size.videos} videos`
  console.log(`Added ${size.media} files to the library${size.chapters > 0 ? course : ''}.`)
  process.exit(0)
} catch (error) {
  exitWithError(error instanceof SeedError ? createUsageError(error.message) : error)
}

function parseSize(args: string[]) {
  const { chapters, videos, media } = parseFlags(args)
  const size = {
    chapters: parseWholeNumber('chapters', chapters),
    videos: parseWholeNumber('videos', videos),
    media: parseWholeNumber('media', media),
  }
  if (size.chapters + size.videos + size.media === 0) {
    throw createUsageError(`Specify how much to add. ${usage}`)
  }
  if (size.videos > 0 && size.chapters === 0) {
    throw createUsageError(`Videos need chapters: add --chapters. ${usage}`)
  }
  return size
}

function parseFlags(args: string[]) {
  const number = { type: 'string', default: '0' } as const
  try {
    return parseArgs({ args, options: { chapters: number, videos: number, media: number } }).values
  } catch (error) {
    throw createUsageError(`${errorMessage(error)}\n${usage}`)
  }
}

function parseWholeNumber(flag: string, text: string): number {
  if (/^\d+$/.test(text) && Number(text) <= maxCount) return Number(text)
  throw createUsageError(
    `--${flag} takes a whole number up to ${maxCount}, not “${text}”. ${usage}`,
  )
}

function createUsageError(message: string) {
  return new StartError(message, usageExitCode)
}
