import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { v7 as uuidv7 } from 'uuid'
import { searchKey } from '#shared/search-key.ts'
import { keyVersion, sortKey } from '#shared/sort-key.ts'
import { type Checkout, spawnLectern, thisCheckout } from './lectern.ts'

/** A file of the media library. */
export interface Asset {
  id: string
  filename: string
}

/** A data folder with enough files for every scenario; each server gets a copy. */
export interface Library {
  /** Assets to fill chapters with; a chapter can hold each of them once. */
  filling: Asset[]
  /** By `count`: the assets that a search for `searchFor(count)` finds, exactly `count` of them. */
  picks: Map<number, Asset[]>
  /** Copies the data folder; returns the copy's path. */
  copy: () => string
  remove: () => void
}

/** The numbers of picks that there are assets for. */
export const pickCounts = [1, 8, 10, 20, 50, 100, 200]

/** The search text that finds the assets for `count` picks. */
export const searchFor = (count: number) => `-of-${count}.`

/**
 * Creates a library for the server of a checkout, which creates the database itself: schemas differ
 * between commits.
 * @param fillingCount how many assets it has to fill chapters with
 */
export async function createLibrary(
  checkout: Checkout = thisCheckout,
  fillingCount = 2000,
): Promise<Library> {
  const folder = mkdtempSync(path.join(tmpdir(), 'lectern-bench-'))
  const original = path.join(folder, 'original')
  const server = await spawnLectern(path.join(checkout, 'dist/server/main.js'), original)
  await server.stop()
  const filling = createAssets(fillingCount, (number) => `Filling ${number}.mp4`)
  const picks = new Map(
    pickCounts.map((count) => [
      count,
      createAssets(count, (number) => `Pick-${number}${searchFor(count)}mp4`),
    ]),
  )
  const database = await PGlite.create({ dataDir: path.join(original, 'database') })
  const insert: InsertRows = (sql, rows) => database.query(sql, [JSON.stringify(rows)])
  await insertAssets(insert, [...filling, ...[...picks.values()].flat()])
  await database.close()
  let copies = 0
  return {
    filling,
    picks,
    copy() {
      copies += 1
      const copy = path.join(folder, String(copies))
      cpSync(original, copy, { recursive: true })
      return copy
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** The assets for `count` picks. */
export function findPicks({ picks }: Library, count: number): Asset[] {
  const found = picks.get(count)
  if (!found) throw new Error(`The library has no assets for ${count} picks`)
  return found
}

const createAssets = (count: number, nameAsset: (number: number) => string): Asset[] =>
  Array.from({ length: count }, (_, index) => ({ id: uuidv7(), filename: nameAsset(index + 1) }))

/** Runs a statement whose only parameter is rows as JSON. */
type InsertRows = (sql: string, rows: Record<string, string | number>[]) => Promise<unknown>

/**
 * Inserts assets as copies of the demo's, in turn, so that columns this code doesn't know are
 * filled too.
 */
export async function insertAssets(insert: InsertRows, assets: readonly Asset[]) {
  const changes = assets.map(({ id, filename }) => ({
    id,
    filename,
    sort_key: sortKey(filename),
    search_key: searchKey(filename),
    key_version: keyVersion,
  }))
  await insert(
    `WITH demo AS (
      SELECT asset, row_number() OVER (ORDER BY id) AS number, count(*) OVER () AS total
      FROM media_assets AS asset
    )
    INSERT INTO media_assets
    SELECT added.*
    FROM json_array_elements($1::json) WITH ORDINALITY AS entry (changes, number)
    JOIN demo ON demo.number = entry.number % demo.total + 1
    CROSS JOIN LATERAL json_populate_record(demo.asset, entry.changes) AS added`,
    changes,
  )
}
