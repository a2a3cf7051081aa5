/** A handle with the methods that only some browsers have, and TypeScript does not know. */
export type FileHandle = FileSystemFileHandle &
  Partial<
    Record<
      'queryPermission' | 'requestPermission',
      (options: { mode: 'read' }) => Promise<PermissionState>
    >
  >

/**
 * The files of this visit's uploads, by upload id. Files are not plain data, so the machines don't
 * hold them. The browser provides a file, or a handle to open it with.
 */
const files = new Map<string, File>()
const urls = new Map<string, string>()
const handles = new Map<string, FileHandle>()

/** Keeps a file in memory, and its handle if the browser has provided one. */
export function keepFile(id: string, file: File & { handle?: FileHandle }): void {
  files.set(id, file)
  if (file.handle) handles.set(id, file.handle)
}

export const keepHandle = (id: string, handle: FileHandle): void => void handles.set(id, handle)

export const findFile = (id: string): File | undefined => files.get(id)

export const findHandle = (id: string): FileHandle | undefined => handles.get(id)

/** An object URL for a file in memory, to play it before the server has it. */
export function findLocalUrl(id: string): string | undefined {
  const file = files.get(id)
  if (!file) return undefined
  const url = urls.get(id) ?? URL.createObjectURL(file)
  urls.set(id, url)
  return url
}

export function forgetFile(id: string): void {
  const url = urls.get(id)
  if (url !== undefined) URL.revokeObjectURL(url)
  urls.delete(id)
  files.delete(id)
  handles.delete(id)
}
