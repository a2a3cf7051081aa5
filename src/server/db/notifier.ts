import type { Notifier } from './database.ts'

/**
 * Wakes all subscribers when the database notifies. It listens from the first subscription on.
 * @param listen starts to listen, and calls back once it does and at every notification
 */
export function createNotifier(listen: (wake: () => void) => Promise<unknown>): Notifier {
  const waiting = new Set<() => void>()
  let isListening = false
  const wakeAll = () => {
    for (const wake of [...waiting]) wake()
  }
  return {
    subscribe(wake) {
      waiting.add(wake)
      if (!isListening) start()
      return () => waiting.delete(wake)
    },
  }

  // A failure leaves it to the next subscription; until then, subscribers look now and then.
  function start() {
    isListening = true
    listen(wakeAll).catch(() => {
      isListening = false
    })
  }
}
