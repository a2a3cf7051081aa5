import { useQueryClient } from '@tanstack/react-query'
import { v7 as uuidv7 } from 'uuid'
import type { Chapter } from '#contract/chapters.ts'
import { cleanFilename } from '#shared/clean-filename.ts'
import { formatCount } from '#shared/count.ts'
import { Button } from '#ui/button.tsx'
import { ModalDialog } from '#ui/dialog.tsx'
import { Name } from '#ui/name.tsx'
import { readShownChapters } from '../../features/chapters/chapter-changes.ts'
import { placeAfter } from '../../features/chapters/place-chapter.ts'
import type { FolderFiles } from '../../features/uploads/group-by-folder.ts'
import { sortFiles } from '../../features/uploads/sort-files.ts'
import { useUploads } from '../../features/uploads/uploads-context.tsx'
import { useAuthoring } from '../../features/videos/authoring-context.tsx'
import { addChapter, ignore } from '../chapter-operations.ts'
import { addToChapter, type FileParts } from './add-files.ts'

type FoldersDialogProps = {
  chapter: Chapter
  groups: readonly FolderFiles[]
  onClose: () => void
}

/** Asks whether each dropped folder becomes a chapter, or all videos go into one. */
export function FoldersDialog({ chapter, groups, onClose }: FoldersDialogProps) {
  const parts = { authoring: useAuthoring(), uploads: useUploads(), queryClient: useQueryClient() }
  const withVideos = groups
    .map((group) => ({ ...group, count: sortFiles(group.files).videos.length }))
    .filter(({ count }) => count > 0)
  const files = groups.flatMap((group) => group.files)
  const videoCount = withVideos.reduce((sum, { count }) => sum + count, 0)
  const run = (add: () => void) => () => {
    onClose()
    add()
  }
  return (
    <ModalDialog title="Create a chapter for each folder?" size="small" onClose={onClose}>
      <ul className="max-h-60 overflow-y-auto px-5 pb-3 text-ink-soft max-sm:px-4">
        {withVideos.map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two folders may have the same name
          <li key={index} className="flex justify-between gap-3 py-0.5">
            <span className="min-w-0 truncate">
              <Name>{getTitle(group, chapter)}</Name>
            </span>
            <span className="whitespace-nowrap tabular-nums">
              {formatCount(group.count, 'video')}
            </span>
          </li>
        ))}
      </ul>
      <footer className="flex flex-wrap justify-end gap-2 border-t border-line bg-sunken px-5 py-3 max-sm:px-4">
        <Button variant="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button onClick={run(() => addToChapter(parts, chapter.id, files))}>
          {`Add ${formatCount(videoCount, 'video')} to this chapter`}
        </Button>
        <Button
          variant="primary"
          onClick={run(() => void addAsChapters(parts, chapter, withVideos))}
        >
          {`Create ${formatCount(withVideos.length, 'chapter')}`}
        </Button>
      </footer>
    </ModalDialog>
  )
}

const getTitle = ({ folder }: FolderFiles, chapter: Chapter) =>
  folder === '' ? chapter.title : cleanFilename(folder)

/** Adds a chapter for each folder, one after the other, below the chapter they were dropped on. */
async function addAsChapters(parts: FileParts, chapter: Chapter, groups: readonly FolderFiles[]) {
  const { queryClient, authoring } = parts
  const { courseId } = chapter
  let after = chapter.id
  const created = groups.map((group) => {
    if (group.folder === '') return { group, id: chapter.id, ready: Promise.resolve() }
    const id = uuidv7()
    const place = placeAfter(readShownChapters(queryClient, courseId), after)
    const title = getTitle(group, chapter)
    after = id
    return {
      group,
      id,
      ready: addChapter(queryClient, authoring, { id, courseId, title, place }),
    }
  })
  for (const { group, id, ready } of created) {
    // If a chapter was refused, it says so itself.
    await ready.then(() => addToChapter(parts, id, group.files), ignore)
  }
}
