import { createProblem } from '#contract/problem.ts'
import type { Video } from '#contract/videos.ts'
import type { SettledLink } from './link-in-time.ts'

type Declined = Exclude<SettledLink['outcome'], { video: Video }>

const problems: Record<
  Exclude<Declined['is'], 'removed'>,
  () => ReturnType<typeof createProblem>
> = {
  refused: () => createProblem('link-refused', 'The server refused this link. Try it again.'),
  'id-reused': () =>
    createProblem(
      'id-reused',
      'Another link was made under this id. Give this one an id of its own.',
    ),
  'asset-already-linked': () =>
    createProblem('asset-already-linked', 'This video is in the chapter already.'),
  'media-missing': () =>
    createProblem('media-not-found', 'This video is not in the media library (any more).'),
  'chapter-missing': () => createProblem('not-found', 'This chapter is not there (any more).'),
  failed: () =>
    createProblem('unexpected', 'This link failed on the server. Try again in a moment.'),
}

type Answer =
  | { status: 200 | 201; video: Video }
  | { status: number; problem: ReturnType<typeof createProblem> & { revision?: number } }

/** What the contract says to what came of a link. */
export function answerTo({ outcome }: SettledLink): Answer {
  if ('video' in outcome) {
    return { status: outcome.is === 'linked' ? 201 : 200, video: outcome.video }
  }
  const problem =
    outcome.is === 'removed'
      ? createProblem('removed', 'The video was removed. Restore it, or link it anew.', {
          revision: outcome.revision,
        })
      : problems[outcome.is]()
  return { status: problem.status, problem }
}
