import { expect } from 'vitest'

/** Runs in the page: reads what it has stored in IndexedDB for its next visit. */
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

/** A page of any test driver. */
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

/** Reads the videos that the page's next visit would resume. */
export const readStoredVideos = (page: Evaluating) =>
  page.evaluate(readStore, ['lectern-outbox', 'videos']) as Promise<StoredVideo[]>

/** Reads the uploads that the page's next visit would resume. */
export const readStoredUploads = (page: Evaluating) =>
  page.evaluate(readStore, ['lectern-uploads', 'uploads']) as Promise<StoredUpload[]>

interface StoredAnswer {
  queryHash: string
  data: unknown
}

/** Waits until a page has stored an answer to a query whose key contains this part. */
export const expectStoredAnswer = (page: Evaluating, part: string) =>
  expect
    .poll(() => readStoredAnswers(page), { interval: 20 })
    .toContainEqual(expect.objectContaining({ queryHash: expect.stringContaining(part) }))

/** Reads the answers that the page's next visit would start with. */
export const readStoredAnswers = (page: Evaluating) =>
  page.evaluate(readStore, ['lectern-answers', 'answers']) as Promise<StoredAnswer[]>
