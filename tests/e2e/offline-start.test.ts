import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BrowserContext } from 'playwright'
import {
  getButton,
  getEditor,
  locateChapter,
  openCourse,
  typeFilename,
} from '../support/e2e-course.ts'
import {
  createCourse,
  endToEndTest,
  eventually,
  loadError,
  withContext,
} from '../support/e2e-test.ts'
import { expectStoredAnswer } from '../support/stored-records.ts'

const test = endToEndTest().extend<{ context: BrowserContext }>({
  context: async ({ browser, server, expectedErrors }, use) =>
    withContext(browser, server.address, expectedErrors, use, { serviceWorkers: 'allow' }),
})

test('While the server is down, a page opens with its stored data, and its changes are sent later', async ({
  api,
  context,
  expectedErrors,
  server,
}) => {
  expectedErrors.push(loadError('ERR_CONNECTION_REFUSED'))
  const { course, chapter } = await createCourse(api)
  await api.link(chapter.id, await api.media(3))
  const names = await api.filenames(chapter.id)

  const first = await context.newPage()
  await first.goto('/library')
  const asset = first.getByRole('grid', { name: 'Videos' }).getByRole('row').first()
  await asset.waitFor()
  const assetName = (await asset.getAttribute('aria-label')) ?? ''
  await expectStoredAnswer(first, '"media"')
  await openCourse(first, course)
  await first.evaluate(() => navigator.serviceWorker.ready)
  await expectStoredAnswer(first, course.id)
  await expectStoredAnswer(first, chapter.id)
  await first.close()

  await server.pause(async () => {
    const page = await context.newPage()
    await openCourse(page, course)
    const view = locateChapter(page)
    await eventually(view.names).toEqual(names)
    await typeFilename(view.rows.first(), 'Renamed.mp4')
    await getEditor(view.rows.first()).press('Enter')
    await getButton(view.rows.nth(1), 'Remove').click()
    const changed = ['Renamed.mp4', names[2]]
    await eventually(view.names).toEqual(changed)
    await page.reload()
    await eventually(view.names).toEqual(changed)
    await page.goto('/library')
    await page.getByRole('row', { name: assetName, exact: true }).waitFor()
    await page.close()
  })

  const last = await context.newPage()
  await openCourse(last, course)
  await eventually(() => api.filenames(chapter.id)).toEqual(['Renamed.mp4', names[2]])
  await eventually(locateChapter(last).names).toEqual(['Renamed.mp4', names[2]])
})

test('behind a proxy that has lost its server, a page opens as well', async ({
  api,
  context,
  expectedErrors,
  server,
}) => {
  expectedErrors.push(loadError(502), loadError('ERR_CONNECTION_REFUSED'))
  const { course, chapter } = await createCourse(api)
  await api.link(chapter.id, await api.media(2))
  const names = await api.filenames(chapter.id)
  const first = await context.newPage()
  await openCourse(first, course)
  await first.evaluate(() => navigator.serviceWorker.ready)
  await expectStoredAnswer(first, course.id)
  await expectStoredAnswer(first, chapter.id)
  await first.close()

  await server.pause(async () => {
    const proxy = createServer((_, response) => response.writeHead(502).end('Bad gateway'))
    proxy.listen(Number(new URL(server.address).port), new URL(server.address).hostname)
    await once(proxy, 'listening')
    const page = await context.newPage()
    await openCourse(page, course)
    await eventually(locateChapter(page).names).toEqual(names)
    await page.close()
    proxy.closeAllConnections()
    await new Promise((resolve) => proxy.close(resolve))
  })
})

test('a proxy’s sign-in page is not stored in place of the page’s files', async ({
  context,
  server,
}) => {
  let isSignedIn = false
  let redirects = 0
  const proxy = createServer((incoming, response) => {
    // Only the worker asks for it by this name.
    const isByWorker = incoming.url === '/index.html'
    if (incoming.url === '/sign-in') return response.setHeader('content-type', 'text/html').end()
    if (isSignedIn || !isByWorker) return forward(server.address, incoming, response)
    redirects += 1
    return response.writeHead(302, { location: '/sign-in' }).end()
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const { port } = proxy.address() as AddressInfo
  const page = await context.newPage()
  await page.goto(`http://127.0.0.1:${port}/`)
  await eventually(() => redirects).toBeGreaterThan(0)
  await eventually(() => page.evaluate(hasRegistration)).toBe(false)
  isSignedIn = true
  await page.reload()
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.close()
  proxy.closeAllConnections()
  await new Promise((resolve) => proxy.close(resolve))
})

function forward(address: string, incoming: IncomingMessage, response: ServerResponse) {
  const { method, headers, url = '' } = incoming
  const { host } = new URL(address)
  const outgoing = request(new URL(url, address), { method, headers: { ...headers, host } })
  outgoing.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  outgoing.on('error', () => response.destroy())
  response.on('close', () => outgoing.destroy())
  incoming.pipe(outgoing)
}

/** Runs in the page. */
const hasRegistration = async () => (await navigator.serviceWorker.getRegistration()) !== undefined
