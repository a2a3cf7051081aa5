import { create } from 'zustand'

/** What somebody chose for an asset whose content the library had already, and what came of it. */
export type DuplicateChoice = {
  /** `open`: nothing was chosen yet, or it failed. `busy`: the server was asked. */
  status: 'open' | 'busy' | 'merged' | 'kept'
  /** What came of it, in sentences. */
  words: string
}

type DuplicateChoices = {
  choices: Readonly<Record<string, DuplicateChoice>>
  choose: (mediaId: string, choice: DuplicateChoice) => void
}

/** The choices of this visit, by the assets’ ids: the upload and the dialog show the same. */
export const useDuplicateChoices = create<DuplicateChoices>()((set) => ({
  choices: {},
  choose: (mediaId, choice) =>
    set(({ choices }) => ({ choices: { ...choices, [mediaId]: choice } })),
}))
