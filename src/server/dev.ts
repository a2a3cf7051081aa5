import { createServer } from 'node:http'
import { createServer as createViteServer } from 'vite'
import type * as AppModule from './app.ts'
import type * as BootModule from './boot.ts'
import { listen, serverOptions, stopOnSignals } from './node/listen.ts'
import { createRequestListener } from './node/request-listener.ts'
import { exitWithError } from './node/start-error.ts'
import { readSettings } from './settings.ts'

try {
  const server = createServer(serverOptions)
  const allowedHosts = readSettings(process.env).LECTERN_HOSTS
  const vite = await createViteServer({
    appType: 'spa',
    server: { middlewareMode: true, hmr: { server }, allowedHosts },
  })
  // Vite loads the server's modules, so that an edit takes effect on the next request. The
  // dependencies from boot() are kept, so that the database stays open.
  const load = <Module>(path: string) => vite.ssrLoadModule(path) as Promise<Module>
  const { boot, startServerUpkeep } = await load<typeof BootModule>('/src/server/boot.ts')
  const booted = await boot(process.env)
  const { settings, dependencies, endStreams, close } = booted
  const serveApp = createRequestListener(async (request) => {
    const { createApp } = await load<typeof AppModule>('/src/server/app.ts')
    return createApp(dependencies).fetch(request)
  })
  server.on('request', (request, response) => {
    if (/^\/(api|media)(\/|$|\?)/.test(request.url ?? '')) void serveApp(request, response)
    else vite.middlewares(request, response)
  })
  const address = await listen(server, settings)
  const upkeep = startServerUpkeep(server, booted)
  stopOnSignals(server, endStreams, () => Promise.all([vite.close(), upkeep.stop()]).then(close))
  console.log(`Lectern is at ${address} and follows your edits`)
} catch (error) {
  exitWithError(error)
}
