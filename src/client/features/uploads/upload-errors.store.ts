import { create } from 'zustand'

type UploadErrors = {
  /** What is wrong with the file last chosen for an upload, in a sentence, by upload id. */
  errors: Readonly<Record<string, string>>
  /** Sets the error of an upload, or clears it. */
  report: (id: string, error: string | null) => void
}

/** Errors from choosing the files of uploads again. */
export const useUploadErrors = create<UploadErrors>()((set) => ({
  errors: {},
  report: (id, error) =>
    set(({ errors: { [id]: _last, ...others } }) => ({
      errors: error === null ? others : { ...others, [id]: error },
    })),
}))
