import { parseArgs } from 'node:util'
import { SeedError, seedBulk } from './db/seed/bulk.ts'
import { exitWithError, StartError } from './node/start-error.ts'
import { createSeedContext, openStorage, readDemoFiles } from './node/storage.ts'
import { readSettings } from './settings.ts'

const usage = 'Use: npm run seed -- --chapters 20 --videos 2000 --media 10000'
const most = 1_000_000

try {
  const size = sizeIn(process.argv.slice(2))
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
  exitWithError(error instanceof SeedError ? new StartError(error.message) : error)
}

function sizeIn(args: string[]) {
  const { chapters, videos, media } = flagsIn(args)
  const size = {
    chapters: wholeIn('chapters', chapters),
    videos: wholeIn('videos', videos),
    media: wholeIn('media', media),
  }
  if (size.chapters + size.videos + size.media === 0) {
    throw new StartError(`Say how much to add. ${usage}`)
  }
  if (size.videos > 0 && size.chapters === 0) {
    throw new StartError(`Videos need chapters to be in: give --chapters, too. ${usage}`)
  }
  return size
}

function flagsIn(args: string[]) {
  const number = { type: 'string', default: '0' } as const
  try {
    return parseArgs({ args, options: { chapters: number, videos: number, media: number } }).values
  } catch (error) {
    throw new StartError(`${error instanceof Error ? error.message : error}\n${usage}`)
  }
}

function wholeIn(flag: string, text: string): number {
  if (/^\d+$/.test(text) && Number(text) <= most) return Number(text)
  throw new StartError(`--${flag} takes a whole number up to ${most}, not “${text}”. ${usage}`)
}
