import { create } from 'zustand'
import { type OutboxRecord, writeOutbox } from '../../lib/outbox-database.ts'

type OutboxState = {
  /** Whether pending work survives this page; the browser may have no room to store it. */
  isKept: boolean
  /** Whether the notice that nothing can be stored was dismissed. */
  isDismissed: boolean
  /** Records that another version of the page has left, until they are discarded. */
  unreadable: readonly OutboxRecord[]
  /** Texts that were not restored since something else is being typed there, until discarded. */
  texts: readonly string[]
}

/** The state of the outbox, as far as the page shows it. */
export const useOutbox = create<OutboxState>()(() => ({
  isKept: true,
  isDismissed: false,
  unreadable: [],
  texts: [],
}))

/** Discards the texts that could not be restored to where they were typed. */
export async function discardUnrestoredTexts(): Promise<void> {
  const { unreadable } = useOutbox.getState()
  useOutbox.setState({ unreadable: [], texts: [] })
  const remove = (store: 'videos' | 'tabs') => ({
    store,
    put: [],
    // From both stores: a key that one of them does not have is ignored.
    remove: unreadable,
  })
  await writeOutbox([remove('videos'), remove('tabs')]).catch(() => {})
}
