import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './commands.mjs'

/** Tells whether `node_modules` holds every package that the lock file asks for on this platform. */
export function isInstalled() {
  const installed = packagesIn('node_modules/.package-lock.json')
  if (installed === undefined) return false
  return Object.entries(packagesIn('package-lock.json')).every(
    ([place, wanted]) =>
      place === '' ||
      isSame(wanted, installed[place], place) ||
      (wanted.optional && installed[place] === undefined && !fitsPlatform(wanted)),
  )
}

function packagesIn(lockFile) {
  try {
    return JSON.parse(readFileSync(path.join(root, lockFile), 'utf8')).packages
  } catch (error) {
    if (lockFile.startsWith('node_modules')) return undefined
    throw error
  }
}

const isSame = (wanted, found, place) =>
  found !== undefined &&
  found.version === wanted.version &&
  found.integrity === wanted.integrity &&
  existsSync(path.join(root, place, 'package.json'))

// An optional package that names no platform comes only with one that does, so it is not missed.
const fitsPlatform = ({ os, cpu, libc }) =>
  (os !== undefined || cpu !== undefined) &&
  allows(os, process.platform) &&
  allows(cpu, process.arch) &&
  (libc === undefined || libc.includes(libcHere()))

const allows = (list, value) =>
  list === undefined ||
  (!list.includes(`!${value}`) &&
    (list.includes(value) || list.every((item) => item.startsWith('!'))))

const libcHere = () =>
  process.report.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'glibc'
