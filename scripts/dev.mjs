import { readCommandLine, runScript } from './command-line.mjs'
import { importTypeScript, stopWithNpm } from './commands.mjs'
import { ensureInstalled } from './set-up.mjs'

const usage = `npm run dev

Serves the page and the server with hot reload. Takes the same settings as npm start.`

await runScript(async () => {
  readCommandLine({ usage })
  stopWithNpm()
  await ensureInstalled()
  await importTypeScript('src/server/dev.ts')
})
