import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { readCommandLine, runScript } from './command-line.mjs'
import { root } from './commands.mjs'

const usage = `npm run lock -- [options]

Adds the optional packages of other platforms that npm left out of the lock file. npm does so when
it runs beside a node_modules folder (https://github.com/npm/cli/issues/4828), or against a mirror
that lacks them. Then \`npm ci\` fails on another platform, or installs no binary there.

  --check   only report what is missing
  --help    this text`

const lockFile = path.join(root, 'package-lock.json')
let lock

await runScript(async () => {
  const { values } = readCommandLine({ usage, options: { check: { type: 'boolean' } } })
  lock = JSON.parse(readFileSync(lockFile, 'utf8'))
  const missing = Object.entries(lock.packages).flatMap(findMissing)
  if (missing.length === 0) {
    console.log('The lock file is complete for every platform.')
  } else if (values.check) {
    const names = missing.map(([folder]) => folder).join('\n')
    console.error(`The lock file lacks these; run \`npm run lock\`:\n${names}`)
    process.exitCode = 1
  } else {
    addPackages(missing)
    console.log(`Added ${missing.length} packages of other platforms to the lock file.`)
  }
})

function addPackages(missing) {
  const entries = Object.entries(lock.packages).concat(missing)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  lock.packages = Object.fromEntries(entries)
  writeFileSync(lockFile, `${JSON.stringify(lock, null, 2)}\n`)
}

function findMissing([parent, { optionalDependencies = {}, dev }]) {
  return Object.entries(optionalDependencies)
    .filter(([name]) => !isResolved(name, parent))
    .map(([name, range]) => [locateFolder(name, parent), createEntry(name, range, dev)])
}

// Node resolves a package beside its parent first, then beside each of the parent's own parents.
function isResolved(name, parent) {
  const parts = parent.split('/node_modules/')
  const levels = parts.map((_part, index) =>
    parts.slice(0, parts.length - index).join('/node_modules/'),
  )
  return [...levels.map((level) => `${level}/node_modules/${name}`), `node_modules/${name}`].some(
    (folder) => folder in lock.packages,
  )
}

// Two versions of one parent need two versions of the binary, so each has its own beside it.
function locateFolder(name, parent) {
  const parentName = parent.slice(parent.lastIndexOf('node_modules/') + 'node_modules/'.length)
  return `${parent.slice(0, parent.length - parentName.length)}${name}`
}

function createEntry(name, range, dev) {
  return {
    version: range.replace(/^[\^~]/, ''),
    ...(dev && { dev }),
    optional: true,
    ...parsePlatform(name),
  }
}

// The name of a binary package contains its platform, such as @esbuild/linux-x64.
function parsePlatform(name) {
  const words = name.split(/[/-]/)
  const findWord = (candidates) => words.find((word) => candidates.includes(word))
  const os =
    findWord([
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
  const cpu = findWord([
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
  const libc = { gnu: 'glibc', musl: 'musl' }[findWord(['gnu', 'musl'])]
  return {
    ...(cpu && { cpu: [cpu] }),
    ...(libc && { libc: [libc] }),
    ...(os && { os: [os] }),
  }
}
