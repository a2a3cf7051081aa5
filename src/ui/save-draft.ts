import { type NameDraft, type OtherName, useNameDrafts } from './name-draft.ts'

/** A name from an editor, to be saved over the one that the editor was opened with. */
export interface TypedName {
  name: string
  /** The name that it replaces for the user: the shown one, or one that it conflicted with. */
  from: string
  /** The version that it replaces. */
  version: number
  /** The names that it may also replace in a later version. */
  known: readonly string[]
  /** Whether it was sent before, and perhaps saved: the response was lost. */
  isRepeated: boolean
}

/** How to save the name of an item, and how to read why that failed. */
export interface NameSaver {
  save: (typed: TypedName) => Promise<unknown>
  /** Reads the name that someone else has set meanwhile, if that is why `save` rejected. */
  readOtherName: (error: unknown) => OtherName | undefined
  /** Whether the name is certainly not saved, since `save` rejected with this error. */
  isRefused: (error: unknown) => boolean
  /** Turns a rejection of `save` into a sentence for the user. */
  errorMessage: (error: unknown) => string
}

/**
 * Saves the name typed in an editor. Its form is hidden meanwhile; the draft is kept until the name
 * is saved, and shown again if it is not.
 * @param shown the name that is shown now
 * @param takesFocus whether a form that is shown again may take the focus
 */
export async function saveDraft(
  key: string,
  name: string,
  shown: string,
  saver: NameSaver,
  takesFocus: () => boolean = () => false,
): Promise<void> {
  const { drafts, update, close } = useNameDrafts.getState()
  const draft = drafts[key]
  if (!draft) return
  const { sent, other } = draft
  // A name that conflicted was shown: the new one replaces it.
  const { name: initial, version } = other ?? { name: draft.initial, version: draft.version }
  const isUnchanged = name === initial
  if (name === draft.pending?.name) return update(key, { status: 'saving' })
  // An unchanged name does not conflict with one that someone else has set meanwhile.
  if (isUnchanged && sent.length === 0) return close(key)

  const pending = { name }
  const isRepeated = sent.includes(name)
  const known = [initial, ...sent]
  const allSent = isRepeated ? sent : [...sent, name]
  update(key, { status: 'saving', initial, version, pending, other: undefined, sent: allSent })
  try {
    await saver.save({ name, from: other?.name ?? shown, version, known, isRepeated })
    settle(key, pending)
  } catch (error) {
    if (isUnchanged && saver.readOtherName(error)) return settle(key, pending)
    if (!isRepeated && saver.isRefused(error)) forgetSent(key, name)
    showFailure(key, pending, error, saver, takesFocus)
  }
}

/** Closes the form, unless it was opened again meanwhile. */
function settle(key: string, pending: NameDraft['pending']) {
  const draft = findPending(key, pending)
  if (!draft) return
  const { update, close } = useNameDrafts.getState()
  if (draft.status === 'saving') close(key)
  else update(key, { initial: pending?.name ?? draft.initial, pending: undefined, sent: [] })
}

function forgetSent(key: string, name: string) {
  const { drafts, update } = useNameDrafts.getState()
  update(key, { sent: drafts[key]?.sent.filter((sent) => sent !== name) ?? [] })
}

function showFailure(
  key: string,
  pending: NameDraft['pending'],
  error: unknown,
  { readOtherName, errorMessage }: NameSaver,
  takesFocus: () => boolean,
) {
  const draft = findPending(key, pending)
  if (!draft) return
  const other = readOtherName(error)
  const isHidden = draft.status === 'saving'
  useNameDrafts.getState().update(key, {
    status: 'failed',
    pending: undefined,
    other,
    ...(isHidden && takesFocus() && { wasFocused: false }),
  })
  const message = other
    ? 'Renamed by someone else. Which name do you want to keep?'
    : errorMessage(error)
  draft.formControl.setError('name', { type: 'server', message })
}

/** The draft, if no later name of it is being saved. */
function findPending(key: string, pending: NameDraft['pending']): NameDraft | undefined {
  const draft = useNameDrafts.getState().drafts[key]
  return draft?.pending === pending ? draft : undefined
}
