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

/** Listens on a channel of the database; calls back with an empty text once it is listening. */
type Listen = (channel: string, onText: (text: string) => void) => Promise<unknown>

/** Creates the channels for a database's changes, and for messages between its servers. */
export const createNotifications = (
  database: Database,
  listen: Listen,
): { notifier: Notifier; broadcast: Broadcast } => ({
  notifier: createNotifier((wake) => listen(changeChannel, wake)),
  broadcast: {
    ...createChannel((onText) => listen(broadcastChannel, (text) => text !== '' && onText(text))),
    async send(text) {
      await database.execute(sql`SELECT pg_notify(${broadcastChannel}, ${text})`)
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

/** Passes each text to all subscribers. If listening fails, the next subscription tries again. */
function createChannel(listen: (onText: (text: string) => void) => Promise<unknown>) {
  const subscribers = new Set<(text: string) => void>()
  let isListening = false
  return {
    subscribe(onText: (text: string) => void) {
      subscribers.add(onText)
      if (!isListening) start()
      return () => subscribers.delete(onText)
    },
  }

  function start() {
    isListening = true
    const notifyAll = (text: string) => {
      for (const onText of [...subscribers]) onText(text)
    }
    listen(notifyAll).catch(() => {
      isListening = false
    })
  }
}
