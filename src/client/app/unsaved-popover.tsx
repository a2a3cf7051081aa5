import { useState } from 'react'
import { Dialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Popover } from 'react-aria-components/Popover'
import type { Chapter } from '#contract/chapters.ts'
import { formatCount } from '#shared/count.ts'
import { isolate } from '#shared/isolate.ts'
import { SpinnerIcon, WarningIcon } from '#ui/icons.tsx'
import { Name } from '#ui/name.tsx'
import { useGoTo } from './go-to.ts'
import { RestoreLostChapter } from './restore-lost-chapter.tsx'
import { saveStatusId } from './save-status.tsx'
import {
  countUnsaved,
  describeSaving,
  type Unsaved,
  useFindPlace,
  useUnsaved,
} from './use-unsaved.ts'

/** Nobody reads a longer list. */
const maxEntries = 100

/** Lists what is not saved; each entry leads to its row or title. */
export function UnsavedPopover({ onClose }: { onClose: () => void }) {
  const [trigger] = useState(() => ({ current: document.getElementById(saveStatusId) }))
  const unsaved = useUnsaved()
  const entries = useEntries(unsaved)
  const shown = entries.slice(0, maxEntries)
  const firstLost = findFirstLost(shown)
  return (
    <Popover
      isOpen
      triggerRef={trigger}
      placement="bottom end"
      onOpenChange={(isOpen) => !isOpen && onClose()}
      className="w-88 max-w-[calc(100vw-2rem)] animate-appear overflow-y-auto rounded-lg border border-line bg-raised shadow-floating outline-none"
    >
      <Dialog className="outline-none">
        <Heading slot="title" level={2} className="px-3 pt-3 pb-2 font-semibold">
          {describeSaving(countUnsaved(unsaved))}
        </Heading>
        {entries.length + unsaved.otherCount === 0 && (
          <p className="px-3 pb-3 text-ink-soft">All your changes are saved.</p>
        )}
        <ul className="px-1 pb-1">
          {shown.map((entry) => (
            <li key={entry.id}>
              <EntryLine entry={entry} canRestore={firstLost.has(entry)} onClose={onClose} />
            </li>
          ))}
        </ul>
        {entries.length > shown.length && (
          <p className="px-3 pb-3 text-ink-soft">
            {`and ${formatCount(entries.length - shown.length, 'more change')}`}
          </p>
        )}
        {unsaved.otherCount > 0 && (
          <p className="px-3 pb-3 text-ink-soft">
            {`Saving ${formatCount(unsaved.otherCount, 'other change')}`}
          </p>
        )}
      </Dialog>
    </Popover>
  )
}

type Entry = {
  id: string
  name: string
  text: string
  isFailed: boolean
  /** Navigates to where it is shown; `undefined` if it is not. */
  reveal: (() => void) | undefined
  /** How to reach its row, if no page shows the chapter. */
  lost?: { chapterId: string; revealIn: (chapter: Chapter) => void } | undefined
}

/** Of several entries in a chapter that no page shows, only the first one offers to restore it. */
function findFirstLost(entries: readonly Entry[]): ReadonlySet<Entry> {
  const byChapter = new Map<string, Entry>()
  for (const entry of entries) {
    const { lost } = entry
    if (lost && !byChapter.has(lost.chapterId)) byChapter.set(lost.chapterId, entry)
  }
  return new Set(byChapter.values())
}

/** One for each change, failures first. */
function useEntries({ videos, titles, failedChanges }: Unsaved): Entry[] {
  const findPlace = useFindPlace()
  const { goToVideo, goToChapter, goToCourse } = useGoTo()
  const titleEntries = titles.map(({ id, title, isFailed }) => {
    const { chapter } = findPlace(id)
    return {
      id,
      name: title,
      text: describeTitle(chapter ? 'chapter' : 'course', isFailed),
      isFailed,
      reveal: () => (chapter ? goToChapter(chapter) : goToCourse(id)),
    }
  })
  const videoEntries = videos.map(({ id, chapterId, filename, text, isFailed, hasRow }) => {
    const { chapter } = findPlace(chapterId)
    return {
      id,
      name: filename,
      text: chapter ? `${text} · ${isolate(chapter.title)}` : text,
      isFailed,
      reveal: hasRow && chapter ? () => goToVideo(chapter, id) : undefined,
      lost:
        hasRow && !chapter
          ? { chapterId, revealIn: (restored: Chapter) => void goToVideo(restored, id) }
          : undefined,
    }
  })
  const changeEntries = failedChanges.map(({ number, placeId, name, text }) => {
    const { chapter } = findPlace(placeId)
    return {
      id: `change ${number}`,
      name,
      text,
      isFailed: true,
      reveal: () => (chapter ? goToChapter(chapter) : goToCourse(placeId)),
    }
  })
  return [...changeEntries, ...titleEntries, ...videoEntries].sort(
    (a, b) => Number(b.isFailed) - Number(a.isFailed),
  )
}

const describeTitle = (thing: 'chapter' | 'course', isFailed: boolean): string =>
  isFailed
    ? `${thing === 'chapter' ? 'Chapter' : 'Course'} title not saved`
    : `Saving ${thing} title`

type EntryLineProps = {
  entry: Entry
  /** Whether it offers to restore its chapter, if that is lost. */
  canRestore: boolean
  onClose: () => void
}

function EntryLine({ entry, canRestore, onClose }: EntryLineProps) {
  const { name, text, isFailed, reveal, lost } = entry
  const content = (
    <>
      {isFailed ? (
        <WarningIcon className="mt-0.5 size-4 text-danger" />
      ) : (
        <SpinnerIcon className="mt-0.5 size-4 text-ink-soft" />
      )}
      <span className="min-w-0">
        <span className="block truncate">
          <Name>{name}</Name>
        </span>
        <span dir="auto" className="block truncate text-sm text-ink-soft">
          {text}
        </span>
      </span>
    </>
  )
  const className = 'flex w-full min-h-10 items-start gap-2 rounded-md px-2 py-1 text-left'
  if (!reveal) {
    return (
      <>
        <div className={className}>{content}</div>
        {lost && canRestore && (
          <RestoreLostChapter
            chapterId={lost.chapterId}
            onRestored={(chapter) => {
              onClose()
              lost.revealIn(chapter)
            }}
          />
        )}
      </>
    )
  }
  return (
    <button
      type="button"
      className={`${className} hover:bg-hover`}
      onClick={() => {
        onClose()
        reveal()
      }}
    >
      {content}
    </button>
  )
}
