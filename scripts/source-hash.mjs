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
  'scripts/fetch-before-import.ts',
  'scripts/service-worker.ts',
  'tsconfig.json',
  'package-lock.json',
]

/**
 * Hashes everything that the build reads, by content alone: a clone or a touch changes nothing.
 * @param extra files and folders that another build reads as well
 */
export function hashSources(extra = []) {
  const hash = createHash('sha256')
  for (const file of [...sources, ...extra].flatMap(listFiles)) {
    const content = readFileSync(path.join(root, file))
    hash.update(`${file}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

function listFiles(relativePath) {
  const absolute = path.join(root, relativePath)
  if (!existsSync(absolute)) return []
  if (statSync(absolute).isFile()) return [relativePath]
  return readdirSync(absolute)
    .filter((name) => name !== 'node_modules')
    .sort()
    .flatMap((name) => listFiles(`${relativePath}/${name}`))
}
