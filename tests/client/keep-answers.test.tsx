import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { deleteDB, openDB } from 'idb'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { readAnswer, removeAnswers, writeAnswers } from '#client/lib/answers-database.ts'
import { ProblemError } from '#client/lib/http.ts'
import { keepAnswers } from '#client/lib/keep-answers.ts'
import { createQueryClient } from '#client/lib/query-client.ts'

const notFound = { type: '/problems/not-found', title: 'Not found', status: 404, detail: 'Gone.' }
const queryHash = '["list"]'
const keep = (names: string[]) => names
const listQuery = (answer: () => Promise<string[]>) =>
  queryOptions({ queryKey: ['list'], queryFn: answer, meta: { keep }, retry: false })

/** What the next page has, which is of this build or another one. */
function openPage(build = 'this'): QueryClient {
  const queryClient = createQueryClient()
  onTestFinished(keepAnswers(queryClient, build))
  return queryClient
}

const readKept = async () => (await readAnswer(queryHash))?.data
const leave = (answer: object = {}) =>
  writeAnswers([{ queryHash, build: 'this', data: ['kept'], keptAt: Date.now(), ...answer }])

afterEach(() => removeAnswers(() => true))

describe('an answer', () => {
  test('is shown by the next page until the server has answered that one', async () => {
    await openPage().fetchQuery(listQuery(async () => ['first']))
    await expect.poll(readKept).toEqual(['first'])

    const next = openPage()
    const answer = Promise.withResolvers<string[]>()
    const query = listQuery(() => answer.promise)
    expect(await next.fetchQuery(query)).toEqual(['first'])
    answer.resolve(['second'])
    await expect.poll(() => next.getQueryData(query.queryKey)).toEqual(['second'])
    await expect.poll(readKept).toEqual(['second'])
  })

  test('is kept with what was changed in it since', async () => {
    const queryClient = openPage()
    const query = listQuery(async () => ['a'])
    await queryClient.fetchQuery(query)
    queryClient.setQueryData(query.queryKey, ['a', 'b'])
    await expect.poll(readKept).toEqual(['a', 'b'])
  })

  test('is shown on while the server does not answer', async () => {
    await leave()
    const queryClient = openPage()
    const ask = vi.fn(async (): Promise<string[]> => {
      throw new TypeError('Failed to fetch')
    })
    expect(await queryClient.fetchQuery(listQuery(ask))).toEqual(['kept'])
    await expect.poll(() => queryClient.getQueryState(['list'])?.status).toBe('error')
    expect(queryClient.getQueryData(['list'])).toEqual(['kept'])
    expect(await readKept()).toEqual(['kept'])
  })

  test('is let go when what it was about is gone', async () => {
    await leave()
    const gone = new ProblemError(404, notFound)
    await openPage().fetchQuery(listQuery(() => Promise.reject(gone)))
    await expect.poll(readKept).toBeUndefined()
  })

  test('to a query that keeps none is not kept', async () => {
    const queryClient = openPage()
    await queryClient.fetchQuery({ queryKey: ['other'], queryFn: async () => ['other'] })
    await queryClient.fetchQuery(listQuery(async () => ['list']))
    await expect.poll(readKept).toEqual(['list'])
    expect(await readAnswer('["other"]')).toBeUndefined()
  })

  test.for([
    ['of another build', { build: 'another' }],
    ['of more than a week ago', { keptAt: Date.now() - 8 * 24 * 60 * 60 * 1_000 }],
  ] as const)('%s is not shown, and let go', async ([, answer]) => {
    await leave(answer)
    await leave({ ...answer, queryHash: '["other"]' })
    expect(await openPage().fetchQuery(listQuery(async () => ['new']))).toEqual(['new'])
    await expect.poll(readKept).toEqual(['new'])
    await expect.poll(() => readAnswer('["other"]')).toBeUndefined()
  })
})

test('where an older version has left answers, new ones are kept', async () => {
  await deleteDB('lectern-answers')
  const older = await openDB('lectern-answers', 1, {
    upgrade: (database) => database.createObjectStore('answers', { keyPath: 'queryHash' }),
  })
  await older.put('answers', { queryHash, build: 'older', data: ['old'], keptAt: Date.now() })
  older.close()
  expect(await openPage().fetchQuery(listQuery(async () => ['new']))).toEqual(['new'])
  await expect.poll(readKept).toEqual(['new'])
})

test('where the browser keeps nothing, the server is asked', async () => {
  await leave()
  const get = vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(() => {
    throw new DOMException('The store is damaged.', 'UnknownError')
  })
  onTestFinished(() => get.mockRestore())
  expect(await openPage().fetchQuery(listQuery(async () => ['new']))).toEqual(['new'])
})

describe('where the browser takes too long, the server is asked', () => {
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

  test('and what is kept is shown if it is found before that', async () => {
    const { resolve } = openSlowly()
    const answer = Promise.withResolvers<string[]>()
    const ask = vi.fn(() => {
      resolve({ queryHash, build: 'this', data: ['kept'], keptAt: Date.now() })
      return answer.promise
    })
    const queryClient = openPage()
    expect(await queryClient.fetchQuery(listQuery(ask))).toEqual(['kept'])
    answer.resolve(['new'])
    await expect.poll(() => queryClient.getQueryData(['list'])).toEqual(['new'])
  })

  test('and what is kept is shown if there is no answer', async () => {
    const { resolve } = openSlowly()
    const ask = vi.fn(async (): Promise<string[]> => {
      resolve({ queryHash, build: 'this', data: ['kept'], keptAt: Date.now() })
      throw new TypeError('Failed to fetch')
    })
    expect(await openPage().fetchQuery(listQuery(ask))).toEqual(['kept'])
  })
})
