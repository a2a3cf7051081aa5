/** Runs in the page: the videos that its next visit would go on with. */
export const readStoredVideos = () =>
  new Promise<StoredVideo[]>((resolve, reject) => {
    const opening = indexedDB.open('lectern-outbox')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const reading = opening.result.transaction('videos').objectStore('videos').getAll()
      reading.onsuccess = () => {
        opening.result.close()
        resolve(reading.result)
      }
    }
  })

interface StoredVideo {
  id: string
  draft: { text: string; selection: [number, number] | null } | null
}
