import postgres from 'postgres'
import { inject } from 'vitest'
import type { OpenDatabase } from '#server/db/database.ts'
import { openPostgres } from '#server/db/postgres.ts'

/** A database of its own on the tests' Postgres; `close` drops it. */
export async function openPostgresCopy(): Promise<OpenDatabase> {
  const url = inject('postgresUrl')
  const name = `lectern_test_${crypto.randomUUID().replaceAll('-', '')}`
  await administer(
    (admin) => admin`CREATE DATABASE ${admin(name)} TEMPLATE ${admin(inject('databaseTemplate'))}`,
  )
  const opened = openPostgres(Object.assign(new URL(url), { pathname: `/${name}` }).href)
  return {
    ...opened,
    async close() {
      await opened.close()
      await administer((admin) => admin`DROP DATABASE ${admin(name)} WITH (FORCE)`)
    },
  }
}

async function administer(task: (admin: postgres.Sql) => Promise<unknown>) {
  const admin = postgres(inject('postgresUrl'), { max: 1 })
  await task(admin).finally(() => admin.end())
}
