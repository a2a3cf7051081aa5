import { existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { openPglite } from '#server/db/pglite.ts'
import { postgresVersion } from '#server/node/data-folder.ts'
import { newFolder, spawnServer } from '../../support/server-process.ts'

let setUp: string

beforeAll(async () => {
  setUp = newFolder()
  const server = spawnServer(setUp)
  await server.address
  await server.end('SIGTERM')
})

test('a new database has the expected Postgres version', () => {
  expect(readFileSync(path.join(setUp, 'database/PG_VERSION'), 'utf8').trim()).toBe(postgresVersion)
})

const remove = (file: string) => (folder: string) =>
  rmSync(path.join(folder, 'database', file), { recursive: true })

const empty = (file: string) => (folder: string) => {
  remove(file)(folder)
  mkdirSync(path.join(folder, 'database', file))
}

const damages: Record<string, (folder: string) => void> = {
  'without its version': remove('PG_VERSION'),
  'with an empty version': (folder) => truncateSync(path.join(folder, 'database/PG_VERSION'), 0),
  'with a version of zeros': (folder) =>
    writeFileSync(path.join(folder, 'database/PG_VERSION'), Buffer.alloc(3)),
  'without its control file': remove('global/pg_control'),
  'without its log': remove('pg_wal'),
  'with an empty log': empty('pg_wal'),
  'without its tables': remove('base'),
  'with a truncated control file': (folder) =>
    truncateSync(path.join(folder, 'database/global/pg_control'), 10),
  'that is empty': (folder) => {
    rmSync(path.join(folder, 'database'), { recursive: true })
    mkdirSync(path.join(folder, 'database'))
  },
}

test.for(Object.entries(damages))('a database %s is refused with a message', async ([, damage]) => {
  const folder = newFolder(setUp)
  damage(folder)
  const { code, output } = await spawnServer(folder).exited
  expect([code, output.trim()]).toEqual([
    1,
    expect.stringMatching(
      `^The database in ${folder} is damaged: (its files can’t be read|database/PG_VERSION (is missing|holds no version))\\. Restore the folder from a backup, or start with another: LECTERN_DATA=/another/folder\\.$`,
    ),
  ])
  expect(existsSync(path.join(folder, 'lock'))).toBe(false)
})

test('the embedded database’s own error is logged at debug level', async () => {
  const folder = newFolder(setUp)
  empty('pg_wal')(folder)
  const { output } = await spawnServer(folder, { LECTERN_LOG: 'debug' }).exited
  const logged = output.split('\n').filter((line) => line.startsWith('{'))
  expect(logged).toHaveLength(1)
  expect(JSON.parse(String(logged[0]))).toMatchObject({
    msg: 'the storage could not be opened',
    error: { type: 'StartError', cause: { message: expect.stringContaining('Aborted') } },
  })
})

test('a database that can’t be migrated is refused with a message, and the cause is logged', async () => {
  const folder = newFolder(setUp)
  const { database, close } = await openPglite({ dataDir: path.join(folder, 'database') })
  await database.execute(sql`DELETE FROM applied_migrations`)
  await close()
  const { code, output } = await spawnServer(folder, { LECTERN_LOG: 'debug' }).exited
  const lines = output.trim().split('\n')
  const isLogged = (line: string) => line.startsWith('{')
  expect([code, lines.filter((line) => line && !isLogged(line))]).toEqual([
    1,
    [
      `The database in ${folder} can’t be migrated to this version of Lectern: relation "chapters" already exists. Start the version that last used it, restore the folder from a backup, or start with another: LECTERN_DATA=/another/folder. LECTERN_LOG=debug logs the details.`,
    ],
  ])
  expect(JSON.parse(String(lines.find(isLogged)))).toMatchObject({
    msg: 'the storage could not be opened',
    error: { cause: { message: expect.stringContaining('CREATE TABLE "chapters"') } },
  })
  expect(existsSync(path.join(folder, 'lock'))).toBe(false)
})

test('a database of another Postgres version is refused with a message', async () => {
  const folder = newFolder(setUp)
  writeFileSync(path.join(folder, 'database/PG_VERSION'), '19\n')
  const { code, output } = await spawnServer(folder).exited
  expect([code, output.trim()]).toEqual([
    1,
    `The database in ${folder} was created by Postgres 19, but this version of Lectern needs Postgres ${postgresVersion}. Start the version that created it, or choose another folder: LECTERN_DATA=/another/folder.`,
  ])
})

test('a file in place of the folder or one of its parents is refused with a message', async () => {
  const file = path.join(newFolder(), 'file')
  writeFileSync(file, '')
  for (const folder of [file, path.join(file, 'below')]) {
    const { code, output } = await spawnServer(folder).exited
    expect([code, output.trim()]).toEqual([
      1,
      `${folder} can’t be a folder, because a file is in its way. Choose another: LECTERN_DATA=/another/folder.`,
    ])
  }
})

// Not even root can create a file there.
test.runIf(existsSync('/sys/kernel'))(
  'a folder that can’t be written to is refused with a message',
  async () => {
    const { code, output } = await spawnServer('/sys/kernel').exited
    expect([code, output.trim()]).toEqual([
      1,
      expect.stringMatching(
        /^This user can’t write to the data folder \/sys\/kernel \(E\w+\). Change its owner or permissions, or choose another: LECTERN_DATA=\/another\/folder.$/,
      ),
    ])
  },
)
