import { readCommandLine, runScript } from './command-line.mjs'
import { stopWithNpm } from './commands.mjs'
import { ensureBuilt, ensureInstalled } from './set-up.mjs'

const usage = `npm start

Installs what is missing, builds what is out of date, starts Lectern and prints its address.
Settings are environment variables, such as PORT=3001 npm start; the README lists them.`

await runScript(async () => {
  readCommandLine({ usage })
  stopWithNpm()
  await ensureInstalled()
  await ensureBuilt()
})

// A static import would pull the built files into the type check and the boundary check.
await import(new URL('../dist/server/main.js', import.meta.url).href)
