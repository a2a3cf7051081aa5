import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { ErrorNotice } from '#ui/feedback.tsx'
import { restoreFocusAfter } from '#ui/focus.ts'
import { retitleChapter } from '../features/chapters/api/retitle-chapter.ts'
import { type MadeChapterChange, readShownChapters } from '../features/chapters/chapter-changes.ts'
import type { ChapterChange } from '../features/chapters/fold-chapters.ts'
import { useAuthoring } from '../features/videos/authoring-context.tsx'
import type { Authoring } from '../features/videos/videos.actors.ts'
import { forgetChange } from '../lib/changes.ts'
import { describeError } from '../lib/http.ts'
import {
  duplicateChapter,
  ignore,
  removeChapterWithVideos,
  restoreAndRetry,
} from './chapter-operations.ts'
import { moveToPlace } from './move-chapters.ts'
import { recordRetitle } from './record-change.ts'

const titles: Record<ChapterChange['kind'], string> = {
  create: 'The chapter couldn’t be duplicated.',
  move: 'The chapter couldn’t be moved.',
  retitle: 'The chapter couldn’t be renamed.',
  remove: 'The chapter couldn’t be removed.',
  restore: 'The chapter couldn’t be restored.',
}

/** Says which change of a chapter failed. The chapter itself is shown as before. */
export function ChapterFailure({ failure }: { failure: MadeChapterChange }) {
  const queryClient = useQueryClient()
  const authoring = useAuthoring()
  const { change, error } = failure
  const forget = () => forgetChange(queryClient, failure)

  const retry = async (): Promise<unknown> => {
    const shown = readShownChapters(queryClient, change.chapter.courseId)
    const chapter = shown.find(({ id }) => id === change.chapter.id) ?? change.chapter
    switch (change.kind) {
      case 'move':
        return moveToPlace(queryClient, authoring, chapter, change.place)
      case 'retitle':
        return retryTitle(queryClient, authoring, change, chapter.title)
      case 'remove':
        return removeChapterWithVideos(queryClient, authoring, chapter)
      case 'restore':
        return restoreAndRetry(queryClient, authoring, chapter)
      case 'create':
        return retryDuplicate(queryClient, authoring, change)
    }
  }

  return (
    <ErrorNotice
      title={titles[change.kind]}
      reason={describeError(error)}
      onRetry={() => {
        forget()
        void retry().catch(ignore)
      }}
      onClose={() => restoreFocusAfter(forget, () => null)}
    />
  )
}

/** Replaces only the title that it was meant to replace, so that it overwrites no other. */
function retryTitle(
  queryClient: QueryClient,
  authoring: Authoring,
  { chapter, title }: Extract<ChapterChange, { kind: 'retitle' }>,
  from: string,
) {
  const { id, courseId } = chapter
  const retitled = retitleChapter(queryClient, chapter, title)
  const retry = { name: title, from, isRepeated: true }
  return recordRetitle(authoring, { entity: 'chapter', id, courseId }, retry, retitled)
}

async function retryDuplicate(
  queryClient: QueryClient,
  authoring: Authoring,
  { chapter, copyOf }: Extract<ChapterChange, { kind: 'create' }>,
) {
  const original = readShownChapters(queryClient, chapter.courseId).find(({ id }) => id === copyOf)
  if (original) await duplicateChapter(queryClient, authoring, original)
}
