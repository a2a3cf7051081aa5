/** A file with where it was found in what was dropped or chosen, such as `Course/Week 1/a.mp4`. */
export type FoundFile = File & { path?: string; webkitRelativePath: string }

/** The files of one folder, in natural order. */
export interface FolderFiles {
  /** The name of the folder; empty for files that are in none. */
  folder: string
  files: File[]
}

const natural = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/**
 * Groups files by the folder that they are in, folders and files in natural order: `Week 2` comes
 * before `Week 10`.
 */
export function groupByFolder(files: readonly FoundFile[]): FolderFiles[] {
  const sorted = files
    .map((file) => ({ file, parts: readPath(file) }))
    .sort((one, other) => natural.compare(one.parts.join('/'), other.parts.join('/')))
  const groups = new Map<string, FolderFiles>()
  for (const { file, parts } of sorted) {
    const path = parts.slice(0, -1).join('/')
    const group = groups.get(path) ?? { folder: parts.at(-2) ?? '', files: [] }
    groups.set(path, group)
    group.files.push(file)
  }
  return [...groups.values()]
}

/** The names of the folders that a file is in, then its own. */
const readPath = ({ path, webkitRelativePath, name }: FoundFile): string[] =>
  (path || webkitRelativePath || name).split('/').filter((part) => part !== '' && part !== '.')
