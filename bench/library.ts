import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { insertRows } from '#server/db/seed/insert-rows.ts'
import { type AssetRow, assetRow } from '#server/db/seed/rows.ts'
import { demoFiles, making, openStorage } from '#server/node/storage.ts'

/** A data folder whose library is large enough for every scenario, to be copied for each server. */
export interface Library {
  /** Assets to fill chapters with; a chapter can have each of them once. */
  filling: AssetRow[]
  /** Assets that a search for `searchFor(count)` finds, exactly `count` of them. */
  picks: Map<number, AssetRow[]>
  /** A fresh copy of the data folder. */
  copy: () => string
  remove: () => void
}

const fillingCount = 2000
const pickCounts = [1, 8, 10, 20, 50, 200]

/** What to type into the picker's search to see the assets that are there for `count` picks. */
export const searchFor = (count: number) => `-of-${count}.`

export async function makeLibrary(): Promise<Library> {
  const folder = mkdtempSync(path.join(tmpdir(), 'lectern-bench-'))
  const original = path.join(folder, 'original')
  const { database, close } = await openStorage({ LECTERN_DATA: original })
  const filling = assets(fillingCount, (number) => `Filling ${number}.mp4`)
  const picks = new Map(
    pickCounts.map((count) => [
      count,
      assets(count, (number) => `Pick-${number}${searchFor(count)}mp4`),
    ]),
  )
  await insertRows(database, { assets: [...filling, ...[...picks.values()].flat()] })
  await close()
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

/** The assets that are there for `count` picks. */
export function picksOf({ picks }: Library, count: number): AssetRow[] {
  const found = picks.get(count)
  if (!found) throw new Error(`The library has nothing for ${count} picks`)
  return found
}

function assets(count: number, nameOf: (number: number) => string): AssetRow[] {
  const make = making()
  const files = demoFiles()
  return Array.from({ length: count }, (_, index) => {
    const file = files[index % files.length]
    if (!file) throw new Error('There are no demo files to make assets of')
    return assetRow(make, file, nameOf(index + 1))
  })
}
