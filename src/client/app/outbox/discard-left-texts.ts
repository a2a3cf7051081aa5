import { writeOutbox } from '../../lib/outbox-database.ts'
import { useOutbox } from './outbox.store.ts'

/** Discards the texts that could not be restored to where they were typed. */
export async function discardLeftTexts(): Promise<void> {
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
