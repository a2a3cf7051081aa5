import { create } from 'zustand'

/**
 * How long the videos are that this page is uploading, in seconds, by the ids of their assets: as
 * the page has read them in the files. Once the server has a file, what that says counts.
 */
const useLocalDurations = create<{ seconds: Readonly<Record<string, number>> }>()(() => ({
  seconds: {},
}))

export const noteLocalDuration = (mediaId: string, durationSeconds: number): void =>
  useLocalDurations.setState(({ seconds }) => ({
    seconds: { ...seconds, [mediaId]: durationSeconds },
  }))

/** How long a video is, in seconds; 0 if this page has not read its file. */
export const useLocalDuration = (mediaId: string): number =>
  useLocalDurations(({ seconds }) => seconds[mediaId] ?? 0)
