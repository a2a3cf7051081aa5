import type { ReactNode } from 'react'
import { useIsBeingRenamed, useMarkRenaming } from '#client/lib/live/presence.store.ts'
import { titleFailures } from '#client/lib/rename-title.ts'
import type { Course } from '#contract/courses.ts'
import { titleSchema } from '#contract/names.ts'
import { isolate } from '#shared/isolate.ts'
import { BeingRenamed } from '#ui/being-renamed.tsx'
import { InlineEdit } from '#ui/inline-edit.tsx'
import { useIsNameDrafted } from '#ui/name-draft.ts'
import type { TypedName } from '#ui/save-draft.ts'
import { courseDraftKey } from '../course-draft.ts'

type CourseTitleEditorProps = {
  course: Pick<Course, 'id' | 'title' | 'version'>
  /** Saves a typed title. */
  onRetitle: (typed: TypedName) => Promise<unknown>
  inputClassName: string
  /** Shows the title while it is not being edited. */
  children: ReactNode
}

export function CourseTitleEditor(props: CourseTitleEditorProps) {
  const { course, onRetitle, inputClassName, children } = props
  const { id, title, version } = course
  const draftKey = courseDraftKey(id)
  const isBeingRenamed = useIsBeingRenamed(id)
  useMarkRenaming(id, useIsNameDrafted(draftKey))
  return (
    <InlineEdit
      draftKey={draftKey}
      name={title}
      version={version}
      label="Course title"
      editLabel={`Rename course ${isolate(title)}`}
      schema={titleSchema}
      save={onRetitle}
      {...titleFailures}
      inputClassName={inputClassName}
      note={isBeingRenamed && <BeingRenamed />}
    >
      {children}
    </InlineEdit>
  )
}
