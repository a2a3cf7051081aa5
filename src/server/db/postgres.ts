import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { changeChannel } from './change-log.ts'
import type { OpenDatabase } from './database.ts'
import { createNotifier } from './notifier.ts'
import * as schema from './schema.ts'

export function openPostgres(url: string): OpenDatabase {
  const client = postgres(url, { onnotice: () => {} })
  return {
    database: drizzle({ client, schema }),
    // It listens on a connection of its own, and again after that was lost.
    notifier: createNotifier((wake) => client.listen(changeChannel, wake, wake)),
    close: () => client.end({ timeout: 2 }),
  }
}
