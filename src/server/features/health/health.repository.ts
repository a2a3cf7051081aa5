import { sql } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'

export const healthRepository = (database: Database) => ({
  ask: () => database.execute(sql`SELECT 1`),
})
