import type { ReactNode } from 'react'
import { describeError, isRefused } from '#client/lib/http.ts'
import { useIsBeingRenamed, useMarkRenaming } from '#client/lib/live/presence.store.ts'
import { readOtherTitle } from '#client/lib/rename-title.ts'
import type { Course } from '#contract/courses.ts'
import { titleSchema } from '#contract/names.ts'
import { isolate } from '#shared/isolate.ts'
import { BeingRenamed } from '#ui/being-renamed.tsx'
import { InlineEdit } from '#ui/inline-edit.tsx'
import { useIsNameDrafted } from '#ui/name-draft.ts'
import { useRenameCourse } from '../api/rename-course.ts'
import { courseDraftKey } from '../course-draft.ts'

type CourseTitleEditorProps = {
  course: Pick<Course, 'id' | 'title' | 'version'>
  /** Called with a new title once the server has accepted it. */
  onRetitled: (title: string) => void
  inputClassName: string
  /** Shows the title while it is not being edited. */
  children: ReactNode
}

export function CourseTitleEditor(props: CourseTitleEditorProps) {
  const { course, onRetitled, inputClassName, children } = props
  const { id, title, version } = course
  const rename = useRenameCourse(id)
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
      save={async (typed, replaced) => {
        await rename.mutateAsync({ title: typed, version: replaced })
        onRetitled(typed)
      }}
      readOtherName={readOtherTitle}
      isRefused={isRefused}
      errorMessage={describeError}
      inputClassName={inputClassName}
      note={isBeingRenamed && <BeingRenamed />}
    >
      {children}
    </InlineEdit>
  )
}
