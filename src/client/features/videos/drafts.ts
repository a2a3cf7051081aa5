import { zodResolver } from '@hookform/resolvers/zod'
import { createFormControl } from 'react-hook-form'
import { computeOnce } from '#client/lib/compute-once.ts'
import { filenameSchema } from '#contract/names.ts'
import { z } from '#contract/zod.ts'
import type { VideoActor } from './authoring-context.tsx'

/**
 * Validates the form. Every component that uses a draft has to pass it again, since `useForm`
 * replaces a control's options.
 */
export const filenameResolver = zodResolver(z.object({ filename: filenameSchema }))

/** The draft of a video's name, in its persisted form. */
export interface KeptDraft {
  text: string
  /** The name that the editor started with. */
  initial: string
  /** The selected part of the text, or the caret; `null` if the field was never mounted. */
  selection: [number, number] | null
  hasFocus: boolean
}

export interface Draft {
  formControl: ReturnType<typeof createFormControl<{ filename: string }>>['formControl']
  /** The name that the editor started with. */
  initial: string
  wasFocused: boolean
  /** The selection to restore when the editor opens; `null` selects the stem. */
  selection: [number, number] | null
  /** The editor's field while it is on the page. */
  field: HTMLInputElement | null
}

/**
 * One form for each video whose name is being edited. It belongs to the video's actor, so that it
 * outlives the row.
 */
const drafts = new WeakMap<VideoActor, Draft>()

/** The draft of a video's name; a new one starts with `filename`. */
export const getDraft = (actor: VideoActor, filename: string): Draft =>
  computeOnce(drafts, actor, () => createDraft(filename))

/** Whether the text typed for a video differs from what its editor started with. */
export function hasTyped(actor: VideoActor): boolean {
  const draft = drafts.get(actor)
  return draft !== undefined && draft.formControl.getValues('filename') !== draft.initial
}

/** Forgets a draft, because its text was saved or discarded. */
export function discardDraft(actor: VideoActor) {
  drafts.delete(actor)
}

/** Reads the draft of a video in its persisted form; `null` if there is none. */
export function readDraft(actor: VideoActor): KeptDraft | null {
  const draft = drafts.get(actor)
  if (!draft) return null
  const { formControl, initial, field } = draft
  return {
    text: formControl.getValues('filename'),
    initial,
    selection: field ? readSelection(field) : draft.selection,
    hasFocus: field !== null && field === document.activeElement,
  }
}

/**
 * Restores the draft of an earlier page, unless something else is being typed here.
 * @returns whether the editor has the restored text
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

const readSelection = ({ selectionStart, selectionEnd }: HTMLInputElement): Draft['selection'] =>
  selectionStart === null || selectionEnd === null ? null : [selectionStart, selectionEnd]

function createDraft(filename: string): Draft {
  const { formControl } = createFormControl<{ filename: string }>({
    defaultValues: { filename },
  })
  return { formControl, initial: filename, wasFocused: false, selection: null, field: null }
}
