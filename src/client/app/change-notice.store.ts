import { create } from 'zustand'

/** What was shown last and has gone: a step of the history, and the changes that it was about. */
export interface GoneNotice {
  step: number
  change: number
}

export const noGoneNotice: GoneNotice = { step: 0, change: 0 }

/** The notice that was closed, or was shown for long enough. */
export const useGoneNotice = create<GoneNotice>()(() => noGoneNotice)
