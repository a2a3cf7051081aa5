import { readCommandLine, runScript } from './command-line.mjs'
import { ensureBuilt, ensureInstalled } from './set-up.mjs'

const usage = `npm run seed -- [options]

Adds a course and files to the database, for example --chapters 20 --videos 2000 --media 10000.

  --chapters N   how many chapters the course has
  --videos N     how many videos they hold together
  --media N      how many files to add to the library
  --help         this text`

const number = { type: 'string' }

await runScript(async () => {
  // The built script reads the numbers from the same command line.
  readCommandLine({ usage, options: { chapters: number, videos: number, media: number } })
  await ensureInstalled()
  await ensureBuilt()
})

// A static import would pull the built files into the type check and the boundary check.
await import(new URL('../dist/server/seed.js', import.meta.url).href)
