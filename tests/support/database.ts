import { sql } from 'drizzle-orm'
import { inject } from 'vitest'
import type { OpenDatabase } from '#server/db/database.ts'
import { openPglite } from '#server/db/pglite.ts'
import { defaultWorkspace } from '#server/workspace.ts'

const isBrowser = 'document' in globalThis
const spare: OpenDatabase[] = []

/** Opens an empty database with the current schema; `close` returns it for the next test. */
export async function openTestDatabase(): Promise<OpenDatabase> {
  if (inject('postgresUrl')) {
    const { openPostgresCopy } = await import('./database-on-postgres.ts')
    return withWorkspace(await openPostgresCopy())
  }
  const opened = spare.pop() ?? (await openPglite({ loadDataDir: await loadTemplate() }))
  await opened.database.execute(sql`TRUNCATE workspaces, change_log CASCADE`)
  return withWorkspace({
    ...opened,
    close: async () => {
      spare.push(opened)
    },
  })
}

async function withWorkspace(opened: OpenDatabase): Promise<OpenDatabase> {
  await opened.database.execute(sql`INSERT INTO workspaces (id) VALUES (${defaultWorkspace})`)
  return opened
}

async function loadTemplate(): Promise<Blob> {
  const path = inject('databaseTemplate')
  if (isBrowser) return (await fetch(`/@fs${path}`)).blob()
  const { openAsBlob } = await import('node:fs')
  return openAsBlob(path)
}
