import { readCommandLine, runScript } from './command-line.mjs'
import { importTypeScript, stopWithNpm } from './commands.mjs'
import { ensureInstalled } from './set-up.mjs'

const usage = `npm run dev

Serves with hot reload of the page and the server. Settings are those of npm start.`

await runScript(async () => {
  readCommandLine({ usage })
  stopWithNpm()
  await ensureInstalled()
  await importTypeScript('src/server/dev.ts')
})
