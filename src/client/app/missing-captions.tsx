import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { MediaAsset } from '#contract/media.ts'
import { formatCount } from '#shared/count.ts'
import { formatDuration } from '#shared/duration.ts'
import { searchKey } from '#shared/search-key.ts'
import { findMatches, matchesWords, searchWords } from '#shared/search-match.ts'
import { SearchDialog } from '#ui/search-dialog.tsx'
import { uncaptionedQuery } from '../features/media/api/list-uncaptioned.ts'
import { describeError } from '../lib/http.ts'
import { useDialog } from './dialog.store.ts'

type MissingCaptionsProps = { courseId: string; onClose: () => void }

/** Lists the files of a course without captions; choosing one opens it, to add captions. */
export function MissingCaptions({ courseId, onClose }: MissingCaptionsProps) {
  const [typed, setTyped] = useState('')
  const query = useQuery(uncaptionedQuery(courseId))
  const words = searchWords(typed)
  const media = (query.data?.media ?? []).filter(({ filename }) =>
    matchesWords(searchKey(filename), words),
  )
  return (
    <SearchDialog
      title="Videos without captions"
      label="Search videos without captions"
      listLabel="Videos without captions"
      typed={typed}
      onType={setTyped}
      results={media.map(({ id, filename, durationSeconds }) => ({
        id,
        name: filename,
        matches: findMatches(filename, words),
        detail: formatDuration(durationSeconds),
      }))}
      status={
        query.error
          ? `The list couldn’t be loaded. ${describeError(query.error)}`
          : describe(query.data, media)
      }
      onChoose={(id) => {
        const asset = media.find((candidate) => candidate.id === id)
        if (asset) useDialog.getState().open({ kind: 'asset', asset })
      }}
      onClose={onClose}
    />
  )
}

function describe(
  page: { media: readonly MediaAsset[]; total: number } | undefined,
  shown: readonly MediaAsset[],
): string {
  if (!page) return 'Loading…'
  if (page.total === 0) return 'Every video in this course has captions.'
  if (shown.length === 0) return 'No matching videos.'
  if (page.total <= page.media.length) return formatCount(shown.length, 'video')
  const searched = `the first ${page.media.length} of ${formatCount(page.total, 'video')}`
  if (shown.length === page.media.length) return `Showing ${searched}`
  return `${shown.length === 1 ? '1 match' : `${shown.length} matches`} in ${searched}`
}
