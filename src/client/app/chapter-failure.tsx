import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { ErrorNotice } from '#ui/feedback.tsx'
import { moveChapter } from '../features/chapters/api/move-chapter.ts'
import { removeChapter } from '../features/chapters/api/remove-chapter.ts'
import { restoreChapter } from '../features/chapters/api/restore-chapter.ts'
import {
  forgetChange,
  type MadeChange,
  readShownChapters,
} from '../features/chapters/chapter-changes.ts'
import type { ChapterChange } from '../features/chapters/fold-chapters.ts'
import { useAuthoring } from '../features/videos/authoring-context.tsx'
import type { Authoring } from '../features/videos/videos.actors.ts'
import { errorMessage } from '../lib/http.ts'
import { duplicateChapter, ignore } from './chapter-commands.ts'

const titles: Record<ChapterChange['kind'], string> = {
  create: 'The chapter could not be duplicated.',
  move: 'The chapter could not be moved.',
  remove: 'The chapter could not be removed.',
  restore: 'The chapter could not be brought back.',
}

/** Says which change of a chapter failed, which looks as before. */
export function ChapterFailure({ failure }: { failure: MadeChange }) {
  const queryClient = useQueryClient()
  const authoring = useAuthoring()
  const { change, error } = failure
  const forget = () => forgetChange(queryClient, failure)

  const makeAgain = (): Promise<unknown> => {
    const { chapter } = change
    switch (change.kind) {
      case 'move':
        return moveChapter(queryClient, chapter, change.place)
      case 'remove':
        return removeChapter(queryClient, chapter)
      case 'restore':
        return restoreChapter(queryClient, chapter)
      case 'create':
        return duplicateAgain(queryClient, authoring, change)
    }
  }

  return (
    <ErrorNotice
      title={titles[change.kind]}
      reason={errorMessage(error)}
      onRetry={() => {
        forget()
        void makeAgain().catch(ignore)
      }}
      onClose={forget}
    />
  )
}

async function duplicateAgain(
  queryClient: QueryClient,
  authoring: Authoring,
  { chapter, copyOf }: Extract<ChapterChange, { kind: 'create' }>,
) {
  const original = readShownChapters(queryClient, chapter.courseId).find(({ id }) => id === copyOf)
  if (original) await duplicateChapter(queryClient, authoring, original)
}
