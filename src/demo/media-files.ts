import type { FileSource } from '#server/dependencies.ts'

const addresses = import.meta.glob<string>('../../demo/media/*', {
  query: '?url',
  import: 'default',
  eager: true,
})

/** The files of the demo's library, which stand beside the page; each is loaded once. */
export function createMediaFiles(): FileSource {
  const loaded = new Map<string, Promise<Blob>>()
  return {
    async open(name) {
      const address = addresses[`../../demo/media/${name}`]
      if (address === undefined) return undefined
      const loading = loaded.get(name) ?? load(address)
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

async function load(address: string): Promise<Blob> {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`${address} answered ${response.status}`)
  return response.blob()
}
