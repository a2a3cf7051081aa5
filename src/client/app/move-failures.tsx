import { useQueryClient } from '@tanstack/react-query'
import { isolate } from '#shared/isolate.ts'
import { ErrorNotice } from '#ui/feedback.tsx'
import { findTitledChapter } from '../features/chapters/chapter-changes.ts'
import { useAuthoring } from '../features/videos/authoring-context.tsx'
import { describeVideos } from '../features/videos/describe-videos.ts'
import {
  type MadeWaitingMove,
  moveVideos,
  type WaitingMove,
  waitingMoveKey,
} from '../features/videos/move-videos.ts'
import { forgetChange, useChanges } from '../lib/changes.ts'
import { describeError } from '../lib/http.ts'

/** Shows which of a chapter’s videos could not be moved to another, whose list failed to load. */
export function MoveFailures({ chapterId }: { chapterId: string }) {
  const moves = useChanges<WaitingMove>(...waitingMoveKey(chapterId))
  return moves
    .filter(({ status }) => status === 'error')
    .map((move) => <MoveFailure key={move.number} move={move} />)
}

function MoveFailure({ move }: { move: MadeWaitingMove }) {
  const queryClient = useQueryClient()
  const authoring = useAuthoring()
  const { videos, target } = move.change
  const title = findTitledChapter(queryClient, target.chapterId)?.title
  return (
    <ErrorNotice
      title={`${describeVideos(videos)} couldn’t be moved${title === undefined ? '' : ` to ${isolate(title)}`}.`}
      reason={move.error ? describeError(move.error) : ''}
      onRetry={() => {
        forgetChange(queryClient, move)
        moveVideos(authoring, queryClient, videos, target)
      }}
      onClose={() => forgetChange(queryClient, move)}
    />
  )
}
