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
    // It listens on a connection of its own, and again after that was lost.
    ...createNotifications(database, (channel, hear) =>
      client.listen(channel, hear, () => hear('')),
    ),
    close: () => client.end({ timeout: 2 }),
  }
}
