import { createServer } from 'node:http'
import { createApp } from './app.ts'
import { boot, startServerUpkeep } from './boot.ts'
import { listen, serverOptions, stopOnSignals } from './node/listen.ts'
import { createRequestListener } from './node/request-listener.ts'
import { exitWithError } from './node/start-error.ts'
import { readDemoFiles } from './node/storage.ts'
import { warmUp } from './warm-up.ts'

try {
  const booted = await boot(process.env)
  const { settings, log, dependencies, endStreams, close } = booted
  const app = createApp(dependencies)
  const server = createServer(
    serverOptions,
    createRequestListener((request) => app.fetch(request)),
  )
  const address = await listen(server, settings).catch((error) =>
    close().then(() => exitWithError(error)),
  )
  const upkeep = startServerUpkeep(server, booted)
  const stopping = new AbortController()
  const warmedUp = settings.DATABASE_URL
    ? Promise.resolve()
    : warmUp(dependencies.database, readDemoFiles(), stopping.signal).catch((error) =>
        log.warn({ error }, 'the warm-up failed: the first batches will be slower'),
      )
  stopOnSignals(server, endStreams, async () => {
    stopping.abort()
    await Promise.all([warmedUp, upkeep.stop()])
    await close()
  })
  console.log(`Lectern is at ${address}`)
} catch (error) {
  exitWithError(error)
}
