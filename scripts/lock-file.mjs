import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './commands.mjs'

/**
 * Checks that a project's `node_modules` holds every package that its lock file names for this
 * platform.
 */
export function isInstalled(project = root) {
  const installed = readPackages(project, 'node_modules/.package-lock.json')
  if (installed === undefined) return false
  return Object.entries(readPackages(project, 'package-lock.json')).every(
    ([folder, locked]) =>
      folder === '' ||
      isSame(locked, installed[folder], path.join(project, folder)) ||
      (locked.optional && installed[folder] === undefined && !fitsPlatform(locked)),
  )
}

function readPackages(project, lockFile) {
  try {
    return JSON.parse(readFileSync(path.join(project, lockFile), 'utf8')).packages
  } catch (error) {
    if (lockFile.startsWith('node_modules')) return undefined
    throw error
  }
}

const isSame = (locked, installed, folder) =>
  installed !== undefined &&
  installed.version === locked.version &&
  installed.integrity === locked.integrity &&
  existsSync(path.join(folder, 'package.json'))

// An optional package that names no platform is a dependency of one that does, so it may be absent.
const fitsPlatform = ({ os, cpu, libc }) =>
  (os !== undefined || cpu !== undefined) &&
  allows(os, process.platform) &&
  allows(cpu, process.arch) &&
  (libc === undefined || libc.includes(currentLibc()))

const allows = (list, value) =>
  list === undefined ||
  (!list.includes(`!${value}`) &&
    (list.includes(value) || list.every((item) => item.startsWith('!'))))

const currentLibc = () =>
  process.report.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'glibc'
