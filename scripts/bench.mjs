import path from 'node:path'
import { readCommandLine, runScript } from './command-line.mjs'
import { root } from './commands.mjs'
import {
  ensureBrowser,
  ensureBuilt,
  ensureInstalled,
  ensurePeersBuilt,
  ensurePeersInstalled,
} from './set-up.mjs'

await runScript(async () => {
  await ensureInstalled()
  // Vite imports it, because the server's sources import the migrations as only Vite allows.
  const { runnerImport } = await import('vite')
  const config = { root, configFile: false, logLevel: 'warn' }
  const { module } = await runnerImport(path.join(root, 'bench/run.ts'), config)
  const { usage, options, readRequest, runBench } = module
  const request = readRequest(readCommandLine({ usage, options, allowPositionals: true }))
  await ensureBuilt()
  if (request.kind === 'peers') {
    await ensurePeersInstalled()
    await ensurePeersBuilt()
  }
  await runBench(request, await ensureBrowser())
})
