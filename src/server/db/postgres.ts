import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { OpenDatabase } from './database.ts'
import * as schema from './schema.ts'

export function openPostgres(url: string): OpenDatabase {
  const client = postgres(url, { onnotice: () => {} })
  return { database: drizzle({ client, schema }), close: () => client.end({ timeout: 2 }) }
}
