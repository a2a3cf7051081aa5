import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { OpenDatabase } from './database.ts'
import { createNotifications } from './notifier.ts'
import * as schema from './schema.ts'

export function openPostgres(url: string): OpenDatabase {
  const client = postgres(url, { onnotice: () => {} })
  const database = drizzle({ client, schema })
  return {
    database,
    // The client listens on a separate connection, and again whenever that was lost.
    ...createNotifications(database, (channel, onPayload) =>
      client.listen(channel, onPayload, () => onPayload('')),
    ),
    close: () => client.end({ timeout: 2 }),
  }
}
