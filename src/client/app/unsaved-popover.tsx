import { useState } from 'react'
import { Dialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Popover } from 'react-aria-components/Popover'
import { formatCount } from '#shared/count.ts'
import { SpinnerIcon, WarningIcon } from '#ui/icons.tsx'
import { Name } from '#ui/name.tsx'
import { RestoreLostChapter } from './restore-lost-chapter.tsx'
import { saveStatusId } from './save-status.tsx'
import { countUnsaved, describeSaving, useUnsaved } from './use-unsaved.ts'
import { findFirstLost, type UnsavedEntry, useUnsavedEntries } from './use-unsaved-entries.ts'

/** Nobody reads a longer list. */
const maxEntries = 100

/** Lists what is not saved; each entry leads to its row or title. */
export function UnsavedPopover({ onClose }: { onClose: () => void }) {
  const [trigger] = useState(() => ({ current: document.getElementById(saveStatusId) }))
  const unsaved = useUnsaved()
  const entries = useUnsavedEntries(unsaved)
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

type EntryLineProps = {
  entry: UnsavedEntry
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
