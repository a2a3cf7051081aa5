import { createFormControl } from 'react-hook-form'
import type { Video } from '#contract/videos.ts'
import { z } from '#contract/zod.ts'
import type { Authoring } from '../videos.actors.ts'
import { initialValues, type RenameValues, renameValuesSchema } from './rename-values.ts'

type RenameDraft = ReturnType<typeof createDraft>

/**
 * The latest bulk rename of a page. Opening the dialog again for the same rows continues it.
 */
const drafts = new WeakMap<Authoring, RenameDraft>()

/** The draft of a rename of these rows; a new one starts with the given names. */
export function findRenameDraft(
  authoring: Authoring,
  videos: readonly Video[],
  names?: string,
): RenameDraft {
  const latest = drafts.get(authoring)
  const hasNames = names === undefined || names === latest?.names
  if (hasNames && latest?.key === toKey(videos)) return latest
  const draft = createDraft(videos, names)
  drafts.set(authoring, draft)
  return draft
}

/** Whether the latest bulk rename differs from what it started with. */
export function hasTypedRename(authoring: Authoring): boolean {
  const draft = drafts.get(authoring)
  if (!draft) return false
  return JSON.stringify(draft.formControl.getValues()) !== JSON.stringify(draft.initial)
}

/** The settings of a bulk rename, in their persisted form. */
export const keptRenameSchema = z.object({
  /** Identifies the rows that it is for. */
  key: z.string(),
  names: z.string(),
  values: renameValuesSchema,
})

export type KeptRename = z.infer<typeof keptRenameSchema>

/** Reads the latest bulk rename in its persisted form; `null` if nothing is set. */
export function readRenameDraft(authoring: Authoring): KeptRename | null {
  const draft = hasTypedRename(authoring) ? drafts.get(authoring) : undefined
  return draft
    ? { key: draft.key, names: draft.names, values: draft.formControl.getValues() }
    : null
}

/**
 * Restores the settings of an earlier page, unless something is set here.
 * @returns whether they were restored
 */
export function resumeRenameDraft(authoring: Authoring, { key, names, values }: KeptRename) {
  if (hasTypedRename(authoring)) return false
  const initial = initialValues(key.split(' ').length)
  const { formControl } = createFormControl<RenameValues>({ defaultValues: values })
  drafts.set(authoring, { key, names, initial, formControl })
  return true
}

/** Forgets a rename that was applied. */
export const dropRenameDraft = (authoring: Authoring) => drafts.delete(authoring)

const toKey = (videos: readonly Video[]) => videos.map(({ id }) => id).join(' ')

function createDraft(videos: readonly Video[], names = '') {
  const initial = initialValues(videos.length)
  const { formControl } = createFormControl<RenameValues>({ defaultValues: { ...initial, names } })
  return { key: toKey(videos), names, initial, formControl }
}
