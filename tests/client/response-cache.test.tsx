import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { deleteDB, openDB } from 'idb'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { ProblemError } from '#client/lib/http.ts'
import { createQueryClient } from '#client/lib/query-client.ts'
import { cacheResponses, type HasWork } from '#client/lib/response-cache.ts'
import {
  readCachedResponse,
  removeCachedResponses,
  writeCachedResponses,
} from '#client/lib/response-database.ts'

const notFound = { type: '/problems/not-found', title: 'Not found', status: 404, detail: 'Gone.' }
const queryHash = '["list"]'
const keep = (names: string[]) => names
const listQuery = (answer: () => Promise<string[]>) =>
  queryOptions({ queryKey: ['list'], queryFn: answer, meta: { keep }, retry: false })

/** Opens a page of this build or another one. */
function openPage(build = 'this'): QueryClient {
  const queryClient = createQueryClient()
  onTestFinished(cacheResponses(queryClient, build))
  return queryClient
}

const readStored = async () => (await readCachedResponse(queryHash))?.data
const readStoredAt = async () => (await readCachedResponse(queryHash))?.keptAt
const storeAnswer = (answer: object = {}) =>
  writeCachedResponses([
    { queryHash, build: 'this', data: ['kept'], keptAt: Date.now(), ...answer },
  ])

afterEach(() => removeCachedResponses(() => true))

describe('an answer', () => {
  test('is shown by the next page until the server answers', async () => {
    await openPage().fetchQuery(listQuery(async () => ['first']))
    await expect.poll(readStored).toEqual(['first'])

    const next = openPage()
    const answer = Promise.withResolvers<string[]>()
    const query = listQuery(() => answer.promise)
    expect(await next.fetchQuery(query)).toEqual(['first'])
    answer.resolve(['second'])
    await expect.poll(() => next.getQueryData(query.queryKey)).toEqual(['second'])
    await expect.poll(readStored).toEqual(['second'])
  })

  test('is stored with its later changes', async () => {
    const queryClient = openPage()
    const query = listQuery(async () => ['a'])
    await queryClient.fetchQuery(query)
    queryClient.setQueryData(query.queryKey, ['a', 'b'])
    await expect.poll(readStored).toEqual(['a', 'b'])
  })

  test('stays shown while the server does not answer', async () => {
    await storeAnswer()
    const queryClient = openPage()
    const fetchList = vi.fn(async (): Promise<string[]> => {
      throw new TypeError('Failed to fetch')
    })
    expect(await queryClient.fetchQuery(listQuery(fetchList))).toEqual(['kept'])
    await expect.poll(() => queryClient.getQueryState(['list'])?.status).toBe('error')
    expect(queryClient.getQueryData(['list'])).toEqual(['kept'])
    expect(await readStored()).toEqual(['kept'])
  })

  test('is deleted when its subject is gone', async () => {
    await storeAnswer()
    const gone = new ProblemError(404, notFound)
    await openPage().fetchQuery(listQuery(() => Promise.reject(gone)))
    await expect.poll(readStored).toBeUndefined()
  })

  test('stays stored although its subject is gone, while there is work in it', async () => {
    const keptAt = Date.now() - 60_000
    await storeAnswer({ keptAt })
    const works = new Set(['kept'])
    const queryClient = createQueryClient()
    onTestFinished(cacheResponses(queryClient, 'this', (name) => works.has(name)))
    const gone = new ProblemError(410, notFound)
    const keepsGone = (names: string[], hasWork: HasWork) => names.some(hasWork)
    const query = queryOptions({
      ...listQuery(() => Promise.reject(gone)),
      meta: { keep, keepsGone },
    })
    await queryClient.fetchQuery(query)
    await expect.poll(() => queryClient.getQueryState(['list'])?.status).toBe('error')
    await expect.poll(readStoredAt).toBeGreaterThan(keptAt)
    expect(await readStored()).toEqual(['kept'])
    works.clear()
    await queryClient.refetchQueries()
    await expect.poll(readStored).toBeUndefined()
  })

  test('is stored with work that was started since, when the page is left', async () => {
    const works = new Set<string>()
    const queryClient = createQueryClient()
    onTestFinished(cacheResponses(queryClient, 'this', (name) => works.has(name)))
    const keepWork = (names: string[], hasWork: HasWork) => names.filter(hasWork)
    await queryClient.fetchQuery({
      ...listQuery(async () => ['a', 'b']),
      meta: { keep: keepWork, keepsGone: () => false },
    })
    await expect.poll(readStored).toEqual([])
    works.add('b')
    dispatchEvent(new Event('pagehide'))
    await expect.poll(readStored).toEqual(['b'])
  })

  test('to a query without `keep` is not stored', async () => {
    const queryClient = openPage()
    await queryClient.fetchQuery({ queryKey: ['other'], queryFn: async () => ['other'] })
    await queryClient.fetchQuery(listQuery(async () => ['list']))
    await expect.poll(readStored).toEqual(['list'])
    expect(await readCachedResponse('["other"]')).toBeUndefined()
  })

  test.for([
    ['from another build', { build: 'another' }],
    ['from more than a week ago', { keptAt: Date.now() - 8 * 24 * 60 * 60 * 1_000 }],
  ] as const)('%s is not shown, and is deleted', async ([, answer]) => {
    await storeAnswer(answer)
    await storeAnswer({ ...answer, queryHash: '["other"]' })
    expect(await openPage().fetchQuery(listQuery(async () => ['new']))).toEqual(['new'])
    await expect.poll(readStored).toEqual(['new'])
    await expect.poll(() => readCachedResponse('["other"]')).toBeUndefined()
  })
})

test('new answers are stored even if an older version has left some', async () => {
  await deleteDB('lectern-answers')
  const older = await openDB('lectern-answers', 1, {
    upgrade: (database) => database.createObjectStore('answers', { keyPath: 'queryHash' }),
  })
  await older.put('answers', { queryHash, build: 'older', data: ['old'], keptAt: Date.now() })
  older.close()
  expect(await openPage().fetchQuery(listQuery(async () => ['new']))).toEqual(['new'])
  await expect.poll(readStored).toEqual(['new'])
})

test('without stored answers, the server is asked', async () => {
  await storeAnswer()
  const get = vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(() => {
    throw new DOMException('The store is damaged.', 'UnknownError')
  })
  onTestFinished(() => get.mockRestore())
  expect(await openPage().fetchQuery(listQuery(async () => ['new']))).toEqual(['new'])
})

describe('if the browser takes too long, the server is asked', () => {
  const openSlowly = () => {
    const answer = Promise.withResolvers<unknown>()
    const get = vi.spyOn(IDBObjectStore.prototype, 'get').mockReturnValue(answer.promise as never)
    onTestFinished(() => get.mockRestore())
    return answer
  }

  test('and its answer is shown', async () => {
    openSlowly()
    expect(await openPage().fetchQuery(listQuery(async () => ['new']))).toEqual(['new'])
  })

  test('and the stored answer is shown if it is found earlier', async () => {
    const { resolve } = openSlowly()
    const answer = Promise.withResolvers<string[]>()
    const fetchList = vi.fn(() => {
      resolve({ queryHash, build: 'this', data: ['kept'], keptAt: Date.now() })
      return answer.promise
    })
    const queryClient = openPage()
    expect(await queryClient.fetchQuery(listQuery(fetchList))).toEqual(['kept'])
    answer.resolve(['new'])
    await expect.poll(() => queryClient.getQueryData(['list'])).toEqual(['new'])
  })

  test('and the stored answer is shown if the server does not answer', async () => {
    const { resolve } = openSlowly()
    const fetchList = vi.fn(async (): Promise<string[]> => {
      resolve({ queryHash, build: 'this', data: ['kept'], keptAt: Date.now() })
      throw new TypeError('Failed to fetch')
    })
    expect(await openPage().fetchQuery(listQuery(fetchList))).toEqual(['kept'])
  })
})
