import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { migrate } from '#server/db/migrate.ts'
import { dumpNewPglite } from '#server/db/pglite.ts'
import { openPostgres } from '#server/db/postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A migrated database to copy: the path of a PGlite dump, or a name on Postgres. */
    databaseTemplate: string
    /** The Postgres that hosts the tests' databases, or an empty string. */
    postgresUrl: string
  }
}

const root = path.resolve(import.meta.dirname, '../..')

/** Creates an empty, migrated database once per schema, for every test to copy. */
export async function setup(project: TestProject): Promise<void> {
  const url = process.env.TEST_DATABASE_URL ?? ''
  project.provide('postgresUrl', url)
  project.provide(
    'databaseTemplate',
    await (url ? createPostgresTemplate(url) : createPgliteTemplate()),
  )
}

async function createPgliteTemplate(): Promise<string> {
  const folder = path.join(root, 'node_modules', '.cache', 'lectern')
  const file = path.join(folder, `database-${hashSchema()}.tar`)
  if (existsSync(file)) return file
  const dump = await dumpNewPglite('none')
  mkdirSync(folder, { recursive: true })
  const unfinished = `${file}.${process.pid}`
  writeFileSync(unfinished, dump)
  renameSync(unfinished, file)
  return file
}

async function createPostgresTemplate(url: string): Promise<string> {
  const name = `lectern_template_${hashSchema()}`
  const admin = postgres(url, { max: 1 })
  const [found] = await admin`SELECT FROM pg_database WHERE datname = ${name}`
  if (!found) {
    await admin`CREATE DATABASE ${admin(name)}`
    const template = openPostgres(Object.assign(new URL(url), { pathname: `/${name}` }).href)
    await migrate(template.database)
    await template.close()
  }
  await admin.end()
  return name
}

// Includes PGlite's version, since another version may not be able to read the dump.
function hashSchema(): string {
  const hash = createHash('sha256')
  const migrations = path.join(root, 'src/server/db/migrations')
  for (const name of readdirSync(migrations)
    .filter((file) => file.endsWith('.sql'))
    .sort()) {
    hash.update(readFileSync(path.join(migrations, name)))
  }
  hash.update(readFileSync(path.join(root, 'node_modules/@electric-sql/pglite/package.json')))
  return hash.digest('hex').slice(0, 16)
}
