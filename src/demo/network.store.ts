import { create } from 'zustand'
import { persist } from 'zustand/middleware'

export type NetworkSettings = {
  /** The shortest and the longest time that a request takes, in milliseconds. */
  shortest: number
  longest: number
  /** How many of a hundred are refused, and at how many the connection is cut. */
  refused: number
  cut: number
  isOffline: boolean
}

type NetworkState = NetworkSettings & { change: (part: Partial<NetworkSettings>) => void }

/** How the network of the demo is. A page that is loaded anew is online, since it could not be loaded else. */
export const useNetwork = create<NetworkState>()(
  persist(
    (set) => ({
      ...{ shortest: 200, longest: 800, refused: 0, cut: 0, isOffline: false },
      change: (part) => set(part),
    }),
    {
      name: 'lectern.demo-network',
      partialize: ({ shortest, longest, refused, cut }) => ({ shortest, longest, refused, cut }),
    },
  ),
)
