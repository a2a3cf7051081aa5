// npm may leave other platforms' optional packages out of the lock file: when it was run beside a
// node_modules (https://github.com/npm/cli/issues/4828), or against a mirror that lacks them. Then `npm ci`
// fails, or installs no binary, on another machine. This adds what is missing; with --check it only tells.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './commands.mjs'

const lockFile = path.join(root, 'package-lock.json')
const lock = JSON.parse(readFileSync(lockFile, 'utf8'))
const missing = Object.entries(lock.packages).flatMap(missingUnder)

if (missing.length === 0) {
  console.log('The lock file holds the packages of every platform.')
} else if (process.argv.includes('--check')) {
  const names = missing.map(([place]) => place).join('\n')
  console.error(`The lock file lacks these; run \`npm run lock\`:\n${names}`)
  process.exitCode = 1
} else {
  const entries = Object.entries(lock.packages).concat(missing)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  lock.packages = Object.fromEntries(entries)
  writeFileSync(lockFile, `${JSON.stringify(lock, null, 2)}\n`)
  console.log(`Added ${missing.length} packages of other platforms to the lock file.`)
}

function missingUnder([parent, { optionalDependencies = {}, dev }]) {
  return Object.entries(optionalDependencies)
    .filter(([name]) => !isResolved(name, parent))
    .map(([name, range]) => [placeFor(name, parent), entryOf(name, range, dev)])
}

// Node looks for a package beside its parent first, then beside each of the parent's own parents.
function isResolved(name, parent) {
  const parts = parent.split('/node_modules/')
  const levels = parts.map((_part, index) =>
    parts.slice(0, parts.length - index).join('/node_modules/'),
  )
  return [...levels.map((level) => `${level}/node_modules/${name}`), `node_modules/${name}`].some(
    (place) => place in lock.packages,
  )
}

// Two versions of one parent want two versions of the binary; each keeps its own beside it.
function placeFor(name, parent) {
  const parentName = parent.slice(parent.lastIndexOf('node_modules/') + 'node_modules/'.length)
  return `${parent.slice(0, parent.length - parentName.length)}${name}`
}

function entryOf(name, range, dev) {
  return {
    version: range.replace(/^[\^~]/, ''),
    ...(dev && { dev }),
    optional: true,
    ...platformOf(name),
  }
}

function platformOf(name) {
  const words = name.split(/[/-]/)
  const oneOf = (known) => words.find((word) => known.includes(word))
  const os =
    oneOf([
      'aix',
      'android',
      'darwin',
      'freebsd',
      'linux',
      'netbsd',
      'openbsd',
      'openharmony',
      'sunos',
      'win32',
    ]) ?? (name === 'fsevents' ? 'darwin' : undefined)
  const cpu = oneOf([
    'arm',
    'arm64',
    'ia32',
    'loong64',
    'mips64el',
    'ppc64',
    'riscv64',
    's390x',
    'wasm32',
    'x64',
  ])
  const libc = { gnu: 'glibc', musl: 'musl' }[oneOf(['gnu', 'musl'])]
  return {
    ...(cpu && { cpu: [cpu] }),
    ...(libc && { libc: [libc] }),
    ...(os && { os: [os] }),
  }
}
