import { sql } from 'drizzle-orm'
import { throttle } from '#shared/throttle.ts'
import { changeChannel } from './change-log.ts'
import type { Broadcast, Database, Notifier } from './database.ts'

/**
 * How long notifications of changes are throttled, in ms. Meanwhile, a client that makes many at
 * once gets its responses, and the others then receive the changes together.
 */
const throttleTime = 50

const broadcastChannel = 'broadcast'

/** Listens on a channel of the database; calls back with an empty payload once it is listening. */
type Listen = (channel: string, onPayload: (payload: string) => void) => Promise<unknown>

/** Creates the channels for a database's changes, and for messages between its servers. */
export const createNotifications = (
  database: Database,
  listen: Listen,
): { notifier: Notifier; broadcast: Broadcast } => ({
  notifier: createNotifier((wake) => listen(changeChannel, wake)),
  broadcast: {
    ...createChannel((onPayload) =>
      listen(broadcastChannel, (payload) => payload !== '' && onPayload(payload)),
    ),
    async send(payload) {
      await database.execute(sql`SELECT pg_notify(${broadcastChannel}, ${payload})`)
    },
  },
})

/**
 * Wakes all subscribers soon after a notification of the database. Starts listening on the first
 * subscription.
 * @param listen starts listening; calls back once it is, and on every notification
 */
export const createNotifier = (listen: (wake: () => void) => Promise<unknown>): Notifier =>
  createChannel((wake) => listen(throttle(() => wake(''), throttleTime)))

/** Passes each payload to all subscribers. If listening fails, the next subscription retries. */
function createChannel(listen: (onPayload: (payload: string) => void) => Promise<unknown>) {
  const subscribers = new Set<(payload: string) => void>()
  let isListening = false
  return {
    subscribe(onPayload: (payload: string) => void) {
      subscribers.add(onPayload)
      if (!isListening) start()
      return () => subscribers.delete(onPayload)
    },
  }

  function start() {
    isListening = true
    const notifyAll = (payload: string) => {
      for (const onPayload of [...subscribers]) onPayload(payload)
    }
    listen(notifyAll).catch(() => {
      isListening = false
    })
  }
}
