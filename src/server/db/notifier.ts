import { sql } from 'drizzle-orm'
import { throttle } from '#shared/throttle.ts'
import { changeChannel } from './change-log.ts'
import type { Broadcast, Database, Notifier } from './database.ts'

/**
 * How long changes are gathered before anybody is told of them, in ms. Who makes many at once is
 * answered meanwhile, and others get them in one piece.
 */
const gatheringTime = 50

const broadcastChannel = 'broadcast'

/** Listens to a channel of the database; hears an empty text once it does. */
type Listen = (channel: string, hear: (text: string) => void) => Promise<unknown>

/** How all servers of a database hear of its changes, and of each other. */
export const createNotifications = (
  database: Database,
  listen: Listen,
): { notifier: Notifier; broadcast: Broadcast } => ({
  notifier: createNotifier((wake) => listen(changeChannel, wake)),
  broadcast: {
    ...createChannel((hear) => listen(broadcastChannel, (text) => text !== '' && hear(text))),
    async send(text) {
      await database.execute(sql`SELECT pg_notify(${broadcastChannel}, ${text})`)
    },
  },
})

/**
 * Wakes all subscribers soon after the database notifies. It listens from the first subscription
 * on.
 * @param listen starts to listen, and calls back once it does and at every notification
 */
export const createNotifier = (listen: (wake: () => void) => Promise<unknown>): Notifier =>
  createChannel((wake) => listen(throttle(() => wake(''), gatheringTime)))

/** Tells all subscribers each text that is heard; a failure leaves it to the next to listen. */
function createChannel(listen: (hear: (text: string) => void) => Promise<unknown>) {
  const subscribers = new Set<(text: string) => void>()
  let isListening = false
  return {
    subscribe(hear: (text: string) => void) {
      subscribers.add(hear)
      if (!isListening) start()
      return () => subscribers.delete(hear)
    },
  }

  function start() {
    isListening = true
    const tellAll = (text: string) => {
      for (const hear of [...subscribers]) hear(text)
    }
    listen(tellAll).catch(() => {
      isListening = false
    })
  }
}
