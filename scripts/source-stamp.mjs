import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { root } from './commands.mjs'

const sources = [
  'src',
  'machines',
  'public',
  'index.html',
  'vite.config.ts',
  'vite.server.config.ts',
  'tsconfig.json',
  'package-lock.json',
]

/** A hash of everything the build reads: the same again after a clone, a touch or a switch back and forth. */
export function sourceStamp() {
  const hash = createHash('sha256')
  for (const file of sources.flatMap(filesUnder)) {
    const content = readFileSync(path.join(root, file))
    hash.update(`${file}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

function filesUnder(place) {
  const absolute = path.join(root, place)
  if (!existsSync(absolute)) return []
  if (statSync(absolute).isFile()) return [place]
  return readdirSync(absolute)
    .sort()
    .flatMap((name) => filesUnder(`${place}/${name}`))
}
