import { createServer } from 'node:http'
import { createApp } from './app.ts'
import { boot } from './boot.ts'
import { listen, stopOnSignals } from './node/listen.ts'
import { createRequestListener } from './node/request-listener.ts'
import { exitWithError } from './node/start-error.ts'
import { readDemoFiles } from './node/storage.ts'
import { warmUp } from './warm-up.ts'

try {
  const { settings, log, dependencies, close } = await boot(process.env)
  const app = createApp(dependencies)
  const server = createServer(createRequestListener((request) => app.fetch(request)))
  const address = await listen(server, settings).catch((error) =>
    close().then(() => exitWithError(error)),
  )
  const stopping = new AbortController()
  const warmedUp = settings.DATABASE_URL
    ? Promise.resolve()
    : warmUp(dependencies.database, readDemoFiles(), stopping.signal).catch((error) =>
        log.warn({ error }, 'the warm-up failed, so that first batches are slower'),
      )
  stopOnSignals(server, async () => {
    stopping.abort()
    await warmedUp
    await close()
  })
  console.log(`Lectern is at ${address}`)
} catch (error) {
  exitWithError(error)
}
