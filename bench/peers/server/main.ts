import { createServer } from 'node:http'
import { createSecureServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { generate } from 'selfsigned'
import { createApp } from '#server/app.ts'
import { boot } from '#server/boot.ts'
import { withLinkFaults } from '#server/faults/link-faults.ts'
import { createLinker } from '#server/features/videos/link-videos.ts'
import { createRequestListener } from '#server/node/request-listener.ts'
import { readDemoFiles } from '#server/node/storage.ts'
import { warmUp } from '#server/warm-up.ts'
import { delay } from '#shared/delay.ts'
import type { ServerCell } from '../../peer-runs/page-contract.ts'
import { createCellServer } from './cell-server.ts'
import { openPage } from './page-files.ts'
import { peersRouter } from './trpc-router.ts'

const { dependencies, close } = await boot({ ...process.env, LECTERN_LOG: 'silent' })
const cells = createCellServer()
const linkWithFaults = withLinkFaults(createLinker(dependencies), {
  drawFault: cells.drawFault,
  clock: dependencies.clock,
  wait: delay,
})
const app = createApp({ ...dependencies, linkVideos: cells.noteLinks(linkWithFaults) })
const answerWithDelay = cells.withDelays((request) => Promise.resolve(app.fetch(request)))
const page = openPage(path.join(import.meta.dirname, 'page'))

async function answer(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  if (pathname === '/bench/cell') {
    cells.set((await request.json()) as ServerCell | null) // The bench itself sends it.
    return new Response(null, { status: 204 })
  }
  if (pathname === '/bench/address') return new Response(readAddress('https', secure))
  if (pathname === '/bench/log') return Response.json(cells.readLog())
  if (pathname.startsWith('/peers/')) return page(pathname)
  return cells.count(async () =>
    pathname.startsWith('/trpc/')
      ? fetchRequestHandler({
          endpoint: '/trpc',
          req: request,
          router: peersRouter,
          createContext: () => ({ answer: answerWithDelay }),
        })
      : answerWithDelay(request),
  )
}

const listener = createRequestListener(answer)
const plain = createServer(listener)
const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }])
const secure = createSecureServer({ key, cert }, listener)
await warmUp(dependencies.database, readDemoFiles(), new AbortController().signal)
for (const server of [plain, secure]) {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
}

process.on('SIGTERM', async () => {
  await close()
  process.exit(0)
})

// The bench waits for this line, which is the one that Lectern prints.
console.log(`Lectern is at ${readAddress('http', plain)}`)

function readAddress(scheme: string, server: { address: () => unknown }) {
  const { port } = server.address() as AddressInfo // It listens on a port.
  return `${scheme}://127.0.0.1:${port}`
}
