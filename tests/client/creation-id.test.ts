import { expect, test } from 'vitest'
import { createOnce } from '#client/lib/creation-id.ts'
import { NoResponseError, ProblemError } from '#client/lib/http.ts'
import { withResolvers } from './with-resolvers.ts'

let fields = 0
const neverArrives = () => false

/** Creates a field that starts creations, which are answered later. */
function createField(field = `field ${fields++}`) {
  const ids: string[] = []
  const start = (title: string, hasArrived: (id: string) => boolean = neverArrives) => {
    const answer = withResolvers<string>()
    const outcome = createOnce({ field, title, hasArrived }, (id) => {
      ids.push(id)
      return answer.promise
    })
    outcome.catch(() => {})
    return { ...answer, outcome }
  }
  return { ids, start }
}

const lost = () => new NoResponseError('The server didn’t respond')
const refused = () =>
  new ProblemError(422, { type: 'about:blank', title: 'No', status: 422, detail: 'No' })

test('a field keeps its id while the outcome is unknown, whatever its title', async () => {
  const { ids, start } = createField()
  const first = start('Drawing')
  first.reject(lost())
  await expect(first.outcome).rejects.toThrow()
  start('Drawing 101')
  expect(ids[1]).toBe(ids[0])
})

test.for([
  ['success', (answer: ReturnType<typeof withResolvers<string>>) => answer.resolve('created')],
  [
    'a final refusal',
    (answer: ReturnType<typeof withResolvers<string>>) => answer.reject(refused()),
  ],
] as const)('after %s, the next creation has an id of its own', async ([, settle]) => {
  const { ids, start } = createField()
  const first = start('Drawing')
  settle(first)
  await first.outcome.catch(() => {})
  start('Drawing')
  expect(ids[1]).not.toBe(ids[0])
})

test('another title does not take over a creation that is in flight', async () => {
  const { ids, start } = createField()
  const first = start('Drawing')
  const second = start('Painting')
  expect(ids[1]).not.toBe(ids[0])
  first.reject(lost())
  await expect(first.outcome).rejects.toThrow()
  second.reject(lost())
  await expect(second.outcome).rejects.toThrow()
  start('Painting')
  expect(ids[2]).toBe(ids[1])
})

test('the same title repeats a creation that is in flight', () => {
  const { ids, start } = createField()
  start('Drawing')
  start('Drawing')
  expect(ids[1]).toBe(ids[0])
})

test('another title is a creation of its own once the first has arrived', async () => {
  const { ids, start } = createField()
  const first = start('Drawing')
  first.reject(lost())
  await expect(first.outcome).rejects.toThrow()
  start('Painting', (id) => id === ids[0])
  expect(ids[1]).not.toBe(ids[0])
})
