import { afterEach, expect, test, vi } from 'vitest'
import { CodeError, fetchCode, importCode } from '#client/lib/fetch-code.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

/**
 * Answers requests for each file with its answers in turn, and records the requests; ` anew` marks
 * those that bypass the browser’s cache.
 */
function serveFiles(answers: Record<string, (Response | Error)[]>) {
  const requested: string[] = []
  vi.stubGlobal('fetch', async (url: string, { cache }: RequestInit = {}) => {
    requested.push(cache === 'reload' ? `${url} anew` : url)
    const answer = answers[url]?.shift()
    if (!answer || answer instanceof Error) throw answer ?? new Error(`No answer for ${url}`)
    return answer
  })
  return requested
}

const typed = (text: string, type: string) =>
  new Response(text, { headers: { 'content-type': type } })
const code = () => typed('export {}', 'text/javascript; charset=utf-8')

test('files are fetched once, however often they are requested', async () => {
  const requested = serveFiles({ '/once.js': [code()], '/other.js': [code()] })
  await Promise.all([fetchCode(['/once.js']), fetchCode(['/once.js', '/other.js'])])
  await fetchCode(['/other.js'])
  expect(requested).toEqual(['/once.js', '/other.js'])
})

test('a file that failed to load is fetched again by the next call', async () => {
  const cut = new TypeError('Failed to fetch')
  const requested = serveFiles({ '/cut.js': [cut, code()], '/kept.js': [code()] })
  await expect(fetchCode(['/kept.js', '/cut.js'])).rejects.toEqual(
    new CodeError(
      'This part of Lectern couldn’t be loaded. Check your connection, then try again.',
      {
        cause: cut,
      },
    ),
  )
  await fetchCode(['/kept.js', '/cut.js'])
  expect(requested).toEqual(['/kept.js', '/cut.js', '/cut.js anew'])
})

test.each([
  [
    404,
    true,
    'Lectern was updated on the server. Finish what you are typing, then reload the page.',
  ],
  [
    503,
    false,
    'This part of Lectern couldn’t be loaded: the server responded with 503. Try again in a moment.',
  ],
])(
  'for a file that is answered with %d, a message says what to do',
  async (status, isFinal, message) => {
    const file = `/status-${status}.js`
    serveFiles({ [file]: [new Response('', { status }), code()] })
    await expect(fetchCode([file])).rejects.toEqual(new CodeError(message, { isFinal }))
    await fetchCode([file])
  },
)

test('a sign-in page is not taken for code', async () => {
  const signIn = typed('<!doctype html>', 'text/html; charset=utf-8')
  const requested = serveFiles({ '/proxied.js': [signIn, code()] })
  await expect(fetchCode(['/proxied.js'])).rejects.toEqual(
    new CodeError(
      'Lectern received a web page instead of a response (200). You may need to sign in to a proxy or network, then try again.',
    ),
  )
  await fetchCode(['/proxied.js'])
  expect(requested).toEqual(['/proxied.js', '/proxied.js anew'])
})

test('code and styles are accepted by their types, and nothing else is', async () => {
  serveFiles({
    '/text.js': [code()],
    '/application.js': [typed('', 'Application/JavaScript')],
    '/style.css': [typed('', 'text/css')],
    '/data.js': [typed('{}', 'application/json')],
    '/untyped.js': [new Response(new Uint8Array())],
  })
  await fetchCode(['/text.js', '/application.js', '/style.css'])
  const unexpected = new CodeError(
    'The server sent an unexpected response (200). Try again in a moment.',
  )
  await expect(fetchCode(['/data.js'])).rejects.toEqual(unexpected)
  await expect(fetchCode(['/untyped.js'])).rejects.toEqual(unexpected)
})

test('files that can’t be imported are fetched anew by the next import', async () => {
  const requested = serveFiles({ '/broken.js': [code(), code()], '/part.js': [code(), code()] })
  const files = ['/broken.js', '/part.js']
  const failure = new TypeError('Failed to fetch dynamically imported module')
  await expect(importCode(files, () => Promise.reject(failure))).rejects.toBe(failure)
  expect(await importCode(files, async () => 'loaded')).toBe('loaded')
  expect(await importCode(files, async () => 'loaded')).toBe('loaded')
  expect(requested).toEqual([...files, ...files.map((file) => `${file} anew`)])
})

test('nothing is imported before its files are fetched', async () => {
  serveFiles({ '/gone.js': [new Error('Refused')] })
  const load = vi.fn(async () => 'loaded')
  await expect(importCode(['/gone.js'], load)).rejects.toThrow(CodeError)
  expect(load).not.toHaveBeenCalled()
})
