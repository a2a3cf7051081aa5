import { v7 as uuidv7 } from 'uuid'
import { create } from 'zustand'
import { useNameDrafts } from '#ui/name-draft.ts'
import type { ChapterPlace } from './fold-chapters.ts'

/** An open form for a new chapter, which is created with this id. */
export interface NewSlot {
  id: string
  courseId: string
  /** The id of the chapter above it. */
  after: string
  /** The place sent with the first attempt; a retry has to send the same one. */
  place?: ChapterPlace
}

interface NewChaptersState {
  slots: readonly NewSlot[]
  /** Opens a form for a new chapter below another one. */
  open: (courseId: string, after: string) => void
  keepPlace: (id: string, place: ChapterPlace) => void
  close: (id: string) => void
}

/** The key of a new chapter's title in the name drafts. */
export const newChapterKey = (id: string) => `new chapter ${id}`

/** The key of the title in the field at the end of a course. */
export const appendChapterDraftKey = (courseId: string) => `new chapter ${courseId}`

/** The open forms for new chapters. */
export const useNewChapters = create<NewChaptersState>()((set, get) => ({
  slots: [],
  open: (courseId, after) => {
    const { slots } = get()
    const id = slots.find((slot) => slot.after === after)?.id ?? uuidv7()
    const drafts = useNameDrafts.getState()
    if (newChapterKey(id) in drafts.drafts) {
      // Focus the open form again.
      drafts.update(newChapterKey(id), { wasFocused: false })
      return
    }
    drafts.open(newChapterKey(id), '', 0)
    set({ slots: [...slots, { id, courseId, after }] })
  },
  keepPlace: (id, place) =>
    set(({ slots }) => ({
      slots: slots.map((slot) => (slot.id === id ? { ...slot, place } : slot)),
    })),
  close: (id) => {
    useNameDrafts.getState().close(newChapterKey(id))
    set(({ slots }) => ({ slots: slots.filter((slot) => slot.id !== id) }))
  },
}))
