import { throttle } from '#shared/throttle.ts'
import type { Notifier } from './database.ts'

/**
 * How long changes are gathered before anybody is told of them, in ms. Who makes many at once is
 * answered meanwhile, and others get them in one piece.
 */
const gatheringTime = 50

/**
 * Wakes all subscribers soon after the database notifies. It listens from the first subscription
 * on.
 * @param listen starts to listen, and calls back once it does and at every notification
 */
export function createNotifier(listen: (wake: () => void) => Promise<unknown>): Notifier {
  const waiting = new Set<() => void>()
  let isListening = false
  const wakeAll = throttle(() => {
    for (const wake of [...waiting]) wake()
  }, gatheringTime)
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
