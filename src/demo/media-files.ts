import type { FileSource } from '#server/dependencies.ts'

const urls = import.meta.glob<string>('../../demo/media/*', {
  query: '?url',
  import: 'default',
  eager: true,
})

/**
 * Serves the files of the demo's library, which are static files of the site; each is loaded once.
 */
export function createMediaFiles(): FileSource {
  const loaded = new Map<string, Promise<Blob>>()
  return {
    async open(name) {
      const url = urls[`../../demo/media/${name}`]
      if (url === undefined) return undefined
      const loading = loaded.get(name) ?? load(url)
      loaded.set(name, loading)
      const blob = await loading.catch((error) => {
        loaded.delete(name)
        throw error
      })
      return {
        size: blob.size,
        modifiedAt: 0,
        stream: (start, end) => blob.slice(start, end + 1).stream(),
      }
    },
  }
}

async function load(url: string): Promise<Blob> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url} failed with status ${response.status}`)
  return response.blob()
}
