import { create } from 'zustand'

/**
 * Durations of the videos that this page is uploading, in seconds, by asset id. The page has read
 * them from the files; once the server has a file, the server's duration counts.
 */
const useLocalDurations = create<{ seconds: Readonly<Record<string, number>> }>()(() => ({
  seconds: {},
}))

export const noteLocalDuration = (mediaId: string, durationSeconds: number): void =>
  useLocalDurations.setState(({ seconds }) => ({
    seconds: { ...seconds, [mediaId]: durationSeconds },
  }))

/** The duration of a video, in seconds; 0 if this page has not read its file. */
export const useLocalDuration = (mediaId: string): number =>
  useLocalDurations(({ seconds }) => seconds[mediaId] ?? 0)
