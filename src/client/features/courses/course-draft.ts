import { useNameDrafts } from '#ui/name-draft.ts'

/** The key of a course's title in the name drafts. */
export const courseDraftKey = (courseId: string) => `course ${courseId}`

/** Whether the editor of a course's title is open, for an event handler. */
export const hasTitleDraft = (courseId: string): boolean =>
  courseDraftKey(courseId) in useNameDrafts.getState().drafts
