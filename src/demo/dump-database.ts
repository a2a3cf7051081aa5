import { migrate } from '#server/db/migrate.ts'
import { openPglite } from '#server/db/pglite.ts'
import { fill } from './seed.ts'

/** Creates the demo's database, and resolves with a compressed dump of its files. */
export async function dumpDatabase(): Promise<Uint8Array> {
  const { client, database, close } = await openPglite()
  await migrate(database, fill)
  const dump = await client.dumpDataDir('gzip')
  await close()
  return new Uint8Array(await dump.arrayBuffer())
}
