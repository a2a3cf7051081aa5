import postgres from 'postgres'
import { inject } from 'vitest'
import type { OpenDatabase } from '#server/db/database.ts'
import { openPostgres } from '#server/db/postgres.ts'

/** Opens a new database on the tests' Postgres; `close` drops it. */
export async function openPostgresCopy(): Promise<OpenDatabase> {
  const { url, drop } = await createPostgresDatabase(inject('databaseTemplate'))
  const opened = openPostgres(url)
  return {
    ...opened,
    async close() {
      await opened.close()
      await drop()
    },
  }
}

/** Creates a database on the tests' Postgres: a copy of `template`, or an empty one. */
export async function createPostgresDatabase(template = 'template1') {
  const name = `lectern_test_${crypto.randomUUID().replaceAll('-', '')}`
  await administer((admin) => admin`CREATE DATABASE ${admin(name)} TEMPLATE ${admin(template)}`)
  return {
    url: Object.assign(new URL(inject('postgresUrl')), { pathname: `/${name}` }).href,
    drop: () => administer((admin) => admin`DROP DATABASE ${admin(name)} WITH (FORCE)`),
  }
}

async function administer(task: (admin: postgres.Sql) => Promise<unknown>) {
  const admin = postgres(inject('postgresUrl'), { max: 1 })
  await task(admin).finally(() => admin.end())
}
