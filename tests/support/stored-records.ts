import { expect } from 'vitest'

/** Runs in the page: what it has stored for its next visit, in a store of IndexedDB. */
const readStore = ([database, store]: readonly [database: string, store: string]) =>
  new Promise<unknown[]>((resolve, reject) => {
    const opening = indexedDB.open(database)
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const reading = opening.result.transaction(store).objectStore(store).getAll()
      reading.onsuccess = () => {
        opening.result.close()
        resolve(reading.result)
      }
    }
  })

/** A page of any of the test's drivers. */
interface Evaluating {
  evaluate: (
    read: typeof readStore,
    place: readonly [database: string, store: string],
  ) => Promise<unknown[]>
}

interface StoredVideo {
  id: string
  draft: { text: string; selection: [number, number] | null } | null
}

interface StoredUpload {
  rows: { filename: string }[]
}

/** Reads the videos that the page's next visit would go on with. */
export const readStoredVideos = (page: Evaluating) =>
  page.evaluate(readStore, ['lectern-outbox', 'videos']) as Promise<StoredVideo[]>

/** Reads the uploads that the page's next visit would go on with. */
export const readStoredUploads = (page: Evaluating) =>
  page.evaluate(readStore, ['lectern-uploads', 'uploads']) as Promise<StoredUpload[]>

interface StoredAnswer {
  queryHash: string
  data: unknown
}

/** Waits until a page has kept an answer to a query whose key has this part. */
export const expectStoredAnswer = (page: Evaluating, part: string) =>
  expect
    .poll(() => readStoredAnswers(page), { interval: 20 })
    .toContainEqual(expect.objectContaining({ queryHash: expect.stringContaining(part) }))

/** Reads the answers that the page's next visit would begin with. */
export const readStoredAnswers = (page: Evaluating) =>
  page.evaluate(readStore, ['lectern-answers', 'answers']) as Promise<StoredAnswer[]>
