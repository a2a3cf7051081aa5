import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { preferences } from '#client/lib/preferences.ts'

export type NetworkSettings = {
  /** How long a request takes, in milliseconds. */
  minLatency: number
  maxLatency: number
  /** How many requests are refused, and how many lose their connection. */
  refusedPercent: number
  cutPercent: number
  isOffline: boolean
}

type NetworkState = NetworkSettings & { change: (part: Partial<NetworkSettings>) => void }

/** The demo's network. A reloaded page is online again, since an offline one would not load. */
export const useNetwork = create<NetworkState>()(
  persist(
    (set) => ({
      minLatency: 200,
      maxLatency: 800,
      refusedPercent: 0,
      cutPercent: 0,
      isOffline: false,
      change: (part) => set(part),
    }),
    preferences(
      'lectern.demo-network',
      ({ minLatency, maxLatency, refusedPercent, cutPercent }) => ({
        minLatency,
        maxLatency,
        refusedPercent,
        cutPercent,
      }),
      (stored) => Object.values(stored).every((value) => typeof value === 'number'),
    ),
  ),
)
