import { create } from 'zustand'
import type { OutboxRecord } from '../../lib/outbox-database.ts'

type OutboxState = {
  /** Whether what is pending outlives this page; the browser may have no room for it. */
  isKept: boolean
  /** Whether somebody has read that it is not. */
  isDismissed: boolean
  /** What another version of the page has left, until somebody has copied or discarded it. */
  unreadable: readonly OutboxRecord[]
  /** What was being typed where something else is being typed now, likewise. */
  texts: readonly string[]
}

/** What a person has to know of the outbox. */
export const useOutbox = create<OutboxState>()(() => ({
  isKept: true,
  isDismissed: false,
  unreadable: [],
  texts: [],
}))
