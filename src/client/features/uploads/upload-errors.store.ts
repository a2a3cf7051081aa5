import { create } from 'zustand'

type UploadErrors = {
  /** What is wrong with the file that was chosen last for an upload, in a sentence. */
  errors: Readonly<Record<string, string>>
  /** Keeps a sentence, or forgets the last one. */
  report: (id: string, error: string | null) => void
}

/** What came of choosing files again. */
export const useUploadErrors = create<UploadErrors>()((set) => ({
  errors: {},
  report: (id, error) =>
    set(({ errors: { [id]: _last, ...others } }) => ({
      errors: error === null ? others : { ...others, [id]: error },
    })),
}))
