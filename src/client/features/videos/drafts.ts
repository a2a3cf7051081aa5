import { zodResolver } from '@hookform/resolvers/zod'
import { createFormControl } from 'react-hook-form'
import { computeOnce } from '#client/lib/compute-once.ts'
import { filenameSchema } from '#contract/names.ts'
import { z } from '#contract/zod.ts'
import type { VideoActor } from './authoring-context.tsx'

/**
 * The form's rule. Each component that uses a draft has to give it again: `useForm` replaces a
 * control's options.
 */
export const filenameResolver = zodResolver(z.object({ filename: filenameSchema }))

/** What is being typed for a video's name, as it outlives its page. */
export interface KeptDraft {
  text: string
  /** The name that the editor began with. */
  initial: string
  /** The selected part of the text, or the caret; `null` if it was never in use. */
  selection: [number, number] | null
  hasFocus: boolean
}

export interface Draft {
  formControl: ReturnType<typeof createFormControl<{ filename: string }>>['formControl']
  /** The name that the editor began with. */
  initial: string
  wasFocused: boolean
  /** The selected part of the text, where the editor is to take up again; `null` for its stem. */
  selection: [number, number] | null
  /** The editor's field while it is on the page. */
  field: HTMLInputElement | null
}

/**
 * One form for every video whose name is being edited. It belongs to the video's actor, so it
 * outlives the row.
 */
const drafts = new WeakMap<VideoActor, Draft>()

/** The text that is being typed for a video; starts with `filename` when none is. */
export const draftOf = (actor: VideoActor, filename: string): Draft =>
  computeOnce(drafts, actor, () => createDraft(filename))

/** Whether the text that is being typed for a video differs from what its editor began with. */
export function hasTyped(actor: VideoActor): boolean {
  const draft = drafts.get(actor)
  return draft !== undefined && draft.formControl.getValues('filename') !== draft.initial
}

/** Ends the typing: the text was saved or discarded. */
export function dropDraft(actor: VideoActor) {
  drafts.delete(actor)
}

/** What is being typed for a video, to be kept; `null` if nothing is. */
export function readDraft(actor: VideoActor): KeptDraft | null {
  const draft = drafts.get(actor)
  if (!draft) return null
  const { formControl, initial, field } = draft
  return {
    text: formControl.getValues('filename'),
    initial,
    selection: field ? selectionIn(field) : draft.selection,
    hasFocus: field !== null && field === document.activeElement,
  }
}

/**
 * Goes on with what was typed on an earlier page, unless something else is typed here.
 * @returns whether it is what is being typed now
 */
export function resumeDraft(actor: VideoActor, kept: KeptDraft): boolean {
  const { text, initial, selection, hasFocus } = kept
  const draft = drafts.get(actor)
  if (!draft) {
    drafts.set(actor, { ...createDraft(text), initial, selection, wasFocused: !hasFocus })
    return true
  }
  if (hasTyped(actor)) return draft.formControl.getValues('filename') === text
  draft.formControl.reset({ filename: text })
  draft.initial = initial
  return true
}

const selectionIn = ({ selectionStart, selectionEnd }: HTMLInputElement): Draft['selection'] =>
  selectionStart === null || selectionEnd === null ? null : [selectionStart, selectionEnd]

function createDraft(filename: string): Draft {
  const { formControl } = createFormControl<{ filename: string }>({
    defaultValues: { filename },
  })
  return { formControl, initial: filename, wasFocused: false, selection: null, field: null }
}
