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

export type Draft = ReturnType<typeof createDraft>

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

function createDraft(filename: string) {
  const { formControl } = createFormControl<{ filename: string }>({
    defaultValues: { filename },
  })
  return { formControl, initial: filename, wasFocused: false }
}
