import { dumpNewPglite } from '#server/db/pglite.ts'
import { fill } from './seed.ts'

/** Creates the demo's database, and resolves with a compressed dump of its files. */
export const dumpDatabase = () => dumpNewPglite('gzip', fill)
