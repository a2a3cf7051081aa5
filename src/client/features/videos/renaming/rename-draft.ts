import { createFormControl } from 'react-hook-form'
import type { Video } from '#contract/videos.ts'
import { z } from '#contract/zod.ts'
import type { Authoring } from '../videos.actors.ts'
import { initialValues, type RenameValues, renameValuesSchema } from './rename-values.ts'

type RenameDraft = ReturnType<typeof createDraft>

/**
 * The latest bulk rename of a page: a dialog that is opened again for the same rows continues it.
 */
const drafts = new WeakMap<Authoring, RenameDraft>()

/** What is set for the rename of these rows, to begin with the names that are given for them. */
export function findRenameDraft(
  authoring: Authoring,
  videos: readonly Video[],
  names?: string,
): RenameDraft {
  const known = drafts.get(authoring)
  const hasNames = names === undefined || names === known?.names
  if (hasNames && known?.key === toKey(videos)) return known
  const draft = createDraft(videos, names)
  drafts.set(authoring, draft)
  return draft
}

/** Whether the latest bulk rename says more than what it began with. */
export function hasTypedRename(authoring: Authoring): boolean {
  const draft = drafts.get(authoring)
  if (!draft) return false
  return JSON.stringify(draft.formControl.getValues()) !== JSON.stringify(draft.initial)
}

/** What is set for a bulk rename, as it outlives its page. */
export const keptRenameSchema = z.object({
  /** Names the rows that it is for. */
  key: z.string(),
  names: z.string(),
  values: renameValuesSchema,
})

export type KeptRename = z.infer<typeof keptRenameSchema>

/** What is set for the latest bulk rename, to be kept; `null` if nothing is. */
export function readRenameDraft(authoring: Authoring): KeptRename | null {
  const draft = hasTypedRename(authoring) ? drafts.get(authoring) : undefined
  return draft
    ? { key: draft.key, names: draft.names, values: draft.formControl.getValues() }
    : null
}

/**
 * Goes on with what was set on an earlier page, unless something is set here.
 * @returns whether it is what is set now
 */
export function resumeRenameDraft(authoring: Authoring, { key, names, values }: KeptRename) {
  if (hasTypedRename(authoring)) return false
  const initial = initialValues(key.split(' ').length)
  const { formControl } = createFormControl<RenameValues>({ defaultValues: values })
  drafts.set(authoring, { key, names, initial, formControl })
  return true
}

/** Ends a rename that was applied. */
export const dropRenameDraft = (authoring: Authoring) => drafts.delete(authoring)

const toKey = (videos: readonly Video[]) => videos.map(({ id }) => id).join(' ')

function createDraft(videos: readonly Video[], names = '') {
  const initial = initialValues(videos.length)
  const { formControl } = createFormControl<RenameValues>({ defaultValues: { ...initial, names } })
  return { key: toKey(videos), names, initial, formControl }
}
