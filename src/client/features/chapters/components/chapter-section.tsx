import { type ReactElement, type ReactNode, type Ref, useId } from 'react'
import { useIsBeingRenamed, useMarkRenaming } from '#client/lib/live/presence.store.ts'
import { titleFailures } from '#client/lib/rename-title.ts'
import type { Chapter } from '#contract/chapters.ts'
import { titleSchema } from '#contract/names.ts'
import { isolate } from '#shared/isolate.ts'
import { BeingRenamed } from '#ui/being-renamed.tsx'
import { IconButton } from '#ui/button.tsx'
import { focusHeaderOnUnmount } from '#ui/focus.ts'
import { ChevronIcon, TrashIcon } from '#ui/icons.tsx'
import { InlineEdit } from '#ui/inline-edit.tsx'
import { useIsNameDrafted } from '#ui/name-draft.ts'
import type { TypedName } from '#ui/save-draft.ts'
import { chapterDraftKey } from '../chapter-changes.ts'
import { useCollapsed } from '../collapsed.store.ts'

type ChapterSectionProps = {
  ref?: Ref<HTMLElement>
  chapter: Chapter
  /** Buttons beside the title. */
  actions?: ReactNode
  /** Reports a problem with the chapter as a whole. */
  notice?: ReactElement | false | undefined
  /** The status of its videos, shown even while the chapter is collapsed. */
  status: ReactElement
  onRemove?: (() => void) | undefined
  /** Saves a typed title. */
  onRetitle: (typed: TypedName) => Promise<unknown>
  /** The videos. They stay mounted while collapsed, so that an open editor keeps its text. */
  children: ReactNode
}

export function ChapterSection(props: ChapterSectionProps) {
  const { ref, chapter, actions, notice, status, onRemove, onRetitle, children } = props
  const bodyId = useId()
  const isCollapsed = useCollapsed(({ collapsed }) => collapsed[chapter.id] === true)
  const toggle = useCollapsed((state) => state.toggle)
  const draftKey = chapterDraftKey(chapter.id)
  const isBeingRenamed = useIsBeingRenamed(chapter.id)
  useMarkRenaming(chapter.id, useIsNameDrafted(draftKey))

  return (
    <section
      ref={ref}
      aria-label={chapter.title}
      data-chapter-id={chapter.id}
      // A chapter that is gone can't be removed, and takes no drops.
      data-drop-chapter={onRemove ? chapter.id : undefined}
      className="rounded-xl border border-line bg-surface shadow-raised"
    >
      <header
        data-chapter-header
        className="flex flex-wrap items-start gap-x-2 gap-y-1 py-2.5 pr-3 pl-2"
      >
        <div className="flex min-w-0 flex-1 basis-56 items-start">
          <InlineEdit
            draftKey={draftKey}
            name={chapter.title}
            version={chapter.version}
            label="Chapter title"
            editLabel={`Rename chapter ${isolate(chapter.title)}`}
            schema={titleSchema}
            save={onRetitle}
            {...titleFailures}
            inputClassName="text-lg font-semibold"
            note={isBeingRenamed && <BeingRenamed />}
          >
            <h2 className="min-w-0 text-lg font-semibold">
              <button
                type="button"
                aria-expanded={!isCollapsed}
                aria-controls={bodyId}
                onClick={() => toggle(chapter.id)}
                className="flex min-h-8 items-center gap-1.5 rounded-md py-0.5 pr-1 pl-1 text-left max-sm:min-h-10"
              >
                <ChevronIcon
                  className={`mt-1 size-5 self-start max-sm:mt-2 text-ink-soft transition-transform ${isCollapsed ? '-rotate-90' : ''}`}
                />
                <span dir="auto" className="min-w-0">
                  {chapter.title}
                </span>
              </button>
            </h2>
          </InlineEdit>
        </div>
        <div className="flex items-center gap-1 max-sm:w-full max-sm:justify-between max-sm:pl-1">
          {actions}
          {onRemove && (
            <IconButton
              ref={focusHeaderOnUnmount}
              label={`Remove chapter ${isolate(chapter.title)}`}
              icon={<TrashIcon />}
              variant="danger"
              onClick={onRemove}
            />
          )}
        </div>
      </header>
      {notice && <div className="flex flex-col gap-2 px-3 pb-3 empty:hidden">{notice}</div>}
      <div className="overflow-clip rounded-b-xl border-t border-line">
        {status}
        {/* Paper can't be expanded. */}
        <div id={bodyId} className={isCollapsed ? 'hidden print:block' : undefined}>
          {children}
        </div>
      </div>
    </section>
  )
}
