import { useQueryClient } from '@tanstack/react-query'
import { type FileWithPath, fromEvent } from 'file-selector'
import { useEffect, useState } from 'react'
import { isolate } from '#shared/isolate.ts'
import { UploadIcon } from '#ui/icons.tsx'
import { findTitledChapter } from '../../features/chapters/chapter-changes.ts'
import { uploadLimitsQuery } from '../../features/uploads/api/upload-limits.ts'
import { type FileTarget, findFileTarget, hasFiles } from './file-target.ts'
import { useAddFiles } from './use-add-files.ts'

/**
 * Accepts files that are dropped anywhere on the page: on a chapter they become its videos,
 * elsewhere they go into the library. Without this, the browser would navigate to the file.
 */
export function FileDrop() {
  const queryClient = useQueryClient()
  const addFiles = useAddFiles()
  const [target, setTarget] = useState<FileTarget | null>(null)
  const element = target?.kind === 'chapter' ? target.element : null

  useEffect(() => {
    const controller = new AbortController()
    const listen = (
      type: 'dragenter' | 'dragover' | 'dragleave' | 'drop',
      listener: (event: DragEvent) => void,
    ) =>
      window.addEventListener(type, (event) => hasFiles(event) && listener(event), {
        signal: controller.signal,
      })
    listen('dragenter', () => void queryClient.prefetchQuery(uploadLimitsQuery))
    listen('dragover', (event) => {
      event.preventDefault()
      setTarget((last) => keepSame(last, findFileTarget(event)))
    })
    // The pointer has left the window, not merely an element in it.
    listen('dragleave', ({ relatedTarget }) => relatedTarget === null && setTarget(null))
    listen('drop', (event) => {
      event.preventDefault()
      setTarget(null)
      const dropped = findFileTarget(event)
      // Called synchronously: the browser releases the dropped items when this listener returns.
      void fromEvent(event).then((files) =>
        addFiles(files.filter(isFile), dropped.kind === 'chapter' ? dropped.chapterId : null),
      )
    })
    return () => controller.abort()
  }, [addFiles, queryClient])

  useEffect(() => {
    element?.setAttribute('data-takes-files', '')
    return () => element?.removeAttribute('data-takes-files')
  }, [element])

  const chapter = target?.kind === 'chapter' && findTitledChapter(queryClient, target.chapterId)
  return (
    target && (
      <p
        role="status"
        className="pointer-events-none fixed inset-x-4 bottom-4 z-50 mx-auto flex w-fit max-w-full items-center gap-2 rounded-full bg-accent-solid px-4 py-2 font-medium text-on-accent shadow-floating"
      >
        <UploadIcon className="size-5" />
        <span className="truncate">
          {chapter
            ? `Drop to add to “${isolate(chapter.title)}”`
            : 'Drop to add to the media library'}
        </span>
      </p>
    )
  )
}

/** A drag fires events many times a second; only a different target has to render. */
const keepSame = (last: FileTarget | null, next: FileTarget): FileTarget =>
  last?.kind === next.kind &&
  (last.kind === 'library' || (next.kind === 'chapter' && last.element === next.element))
    ? last
    : next

const isFile = (item: FileWithPath | DataTransferItem): item is FileWithPath => item instanceof File
