import './require-node.mjs'
import path from 'node:path'
import { orRefuse, root } from './commands.mjs'
import { ensureBrowser, ensureBuilt, ensureInstalled } from './set-up.mjs'

await orRefuse(async () => {
  await ensureInstalled()
  await ensureBuilt()
  process.env.LECTERN_CHROMIUM = await ensureBrowser()
})

// Vite runs it, because the server's sources hold what only Vite understands: the migrations' files.
const { runnerImport } = await import('vite')
await runnerImport(path.join(root, 'bench/run.ts'), { root, configFile: false, logLevel: 'warn' })
