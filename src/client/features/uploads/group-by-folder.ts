/** A file and its path in the dropped or chosen folder, such as `Course/Week 1/a.mp4`. */
export type FoundFile = File & { path?: string; webkitRelativePath: string }

/** The files of one folder, in natural order. */
export interface FolderFiles {
  /** The name of the folder; empty for files outside any folder. */
  folder: string
  files: File[]
}

const natural = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/**
 * Groups files by their folders. Folders and files are in natural order: `Week 2` comes before
 * `Week 10`.
 */
export function groupByFolder(files: readonly FoundFile[]): FolderFiles[] {
  const sorted = files
    .map((file) => ({ file, parts: readPath(file) }))
    .sort((a, b) => natural.compare(a.parts.join('/'), b.parts.join('/')))
  const groups = new Map<string, FolderFiles>()
  for (const { file, parts } of sorted) {
    const path = parts.slice(0, -1).join('/')
    const group = groups.get(path) ?? { folder: parts.at(-2) ?? '', files: [] }
    groups.set(path, group)
    group.files.push(file)
  }
  return [...groups.values()]
}

/** The names of the folders that contain a file, then the name of the file. */
const readPath = ({ path, webkitRelativePath, name }: FoundFile): string[] =>
  (path || webkitRelativePath || name).split('/').filter((part) => part !== '' && part !== '.')
