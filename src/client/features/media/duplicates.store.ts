import { create } from 'zustand'

/** The choice made for an asset whose content the library already had, and its result. */
export type DuplicateChoice = {
  /** `open`: nothing is chosen yet, or the request failed. `busy`: the request is in flight. */
  status: 'open' | 'busy' | 'merged' | 'kept'
  /** The result, in sentences. */
  text: string
}

type DuplicateChoices = {
  choices: Readonly<Record<string, DuplicateChoice>>
  choose: (mediaId: string, choice: DuplicateChoice) => void
}

/** The choices made during this visit, by asset id; shared by the upload and the dialog. */
export const useDuplicateChoices = create<DuplicateChoices>()((set) => ({
  choices: {},
  choose: (mediaId, choice) =>
    set(({ choices }) => ({ choices: { ...choices, [mediaId]: choice } })),
}))
