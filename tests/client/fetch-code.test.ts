import { afterEach, expect, test, vi } from 'vitest'
import { CodeError, fetchCode } from '#client/lib/fetch-code.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

/** Answers requests for each file with its answers in turn, and records the requests. */
function serveFiles(answers: Record<string, (Response | Error)[]>) {
  const requested: string[] = []
  vi.stubGlobal('fetch', async (url: string) => {
    requested.push(url)
    const answer = answers[url]?.shift()
    if (!answer || answer instanceof Error) throw answer ?? new Error(`No answer for ${url}`)
    return answer
  })
  return requested
}

const code = () => new Response('export {}')

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
  expect(requested).toEqual(['/kept.js', '/cut.js', '/cut.js'])
})

test.each([
  [404, 'Lectern was updated on the server. Finish what you are typing, then reload the page.'],
  [
    503,
    'This part of Lectern couldn’t be loaded: the server responded with 503. Try again in a moment.',
  ],
])('for a file that is answered with %d, a message says what to do', async (status, message) => {
  const file = `/status-${status}.js`
  serveFiles({ [file]: [new Response('', { status }), code()] })
  await expect(fetchCode([file])).rejects.toEqual(new CodeError(message))
  await fetchCode([file])
})
