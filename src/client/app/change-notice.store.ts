import { create } from 'zustand'

/** The last notice that has gone: its step of the history, and the number of its last change. */
export interface GoneNotice {
  step: number
  change: number
}

export const noGoneNotice: GoneNotice = { step: 0, change: 0 }

/** The last notice that was dismissed or has timed out. */
export const useGoneNotice = create<GoneNotice>()(() => noGoneNotice)
