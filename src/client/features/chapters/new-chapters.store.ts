import { v7 as uuidv7 } from 'uuid'
import { create } from 'zustand'
import { useNameDrafts } from '#ui/name-draft.ts'
import type { ChapterPlace } from './fold-chapters.ts'

/** A chapter that is being titled at its place, and is created under this id. */
export interface NewSlot {
  id: string
  courseId: string
  /** The chapter that it is shown after. */
  after: string
  /** Where it was created first; trying that again has to say the same. */
  place?: ChapterPlace
}

interface NewChaptersState {
  slots: readonly NewSlot[]
  /** Opens a field for the title of a chapter after another one. */
  open: (courseId: string, after: string) => void
  keepPlace: (id: string, place: ChapterPlace) => void
  close: (id: string) => void
}

/** The key of a new chapter's title among the drafts of names. */
export const newChapterKey = (id: string) => `new chapter ${id}`

/** The key of the title in the field at the end of a course. */
export const lastChapterKey = (courseId: string) => `new chapter ${courseId}`

/** The chapters that are being titled. */
export const useNewChapters = create<NewChaptersState>()((set, get) => ({
  slots: [],
  open: (courseId, after) => {
    const { slots } = get()
    const id = slots.find((slot) => slot.after === after)?.id ?? uuidv7()
    const drafts = useNameDrafts.getState()
    if (newChapterKey(id) in drafts.drafts) {
      // It takes the focus again.
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
