import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  accessSync,
  chownSync,
  constants,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { UserError } from './command-line.mjs'
import { runQuietly } from './commands.mjs'

/** Starts an empty, temporary Postgres on a free port; `stop` ends it and removes its files. */
export async function startPostgres() {
  const binaries = findBinaries() ?? (await installBinaries())
  const account = findUnprivilegedAccount()
  const folder = mkdtempSync(path.join(tmpdir(), 'lectern-postgres-'))
  if (account.uid !== undefined) chownSync(folder, account.uid, account.gid)
  try {
    createCluster(binaries, folder, account)
    const port = await findFreePort()
    const server = await startServer(binaries, folder, port, account)
    return {
      url: `postgres://lectern@127.0.0.1:${port}/postgres`,
      stop: () => stopServer(server, folder),
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

function findBinaries() {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => b - a) : []
  return [
    ...versions.map((version) => path.join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(path.delimiter),
  ].find((folder) => ['postgres', 'initdb'].every((name) => isExecutable(path.join(folder, name))))
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

async function installBinaries() {
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing Postgres for the tests…')
    const quiet = { DEBIAN_FRONTEND: 'noninteractive' }
    await runQuietly('apt-get', ['update'], quiet)
    const { output } = await runQuietly('apt-get', ['install', '-y', 'postgresql'], quiet)
    const installed = findBinaries()
    if (installed) return installed
    console.error(output)
  }
  throw new UserError(
    'These tests need Postgres. Install it, or set TEST_DATABASE_URL=postgres://… to an empty database, then run this again.',
  )
}

// Postgres refuses to run as root.
function findUnprivilegedAccount() {
  if (process.getuid?.() !== 0) return {}
  const readId = (option) =>
    Number(execFileSync('id', [option, 'nobody'], { encoding: 'utf8' }).trim())
  return { uid: readId('-u'), gid: readId('-g') }
}

function createCluster(binaries, folder, account) {
  execFileSync(
    path.join(binaries, 'initdb'),
    ['-D', folder, '-U', 'lectern', '--auth=trust', '--no-sync', '-E', 'UTF8', '--locale=C.UTF-8'],
    { ...account, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] },
  )
}

async function findFreePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

function startServer(binaries, folder, port, account) {
  const settings = ['fsync=off', 'max_connections=200', `unix_socket_directories=${folder}`]
  const server = spawn(
    path.join(binaries, 'postgres'),
    [
      '-D',
      folder,
      '-h',
      '127.0.0.1',
      '-p',
      port,
      ...settings.flatMap((setting) => ['-c', setting]),
    ],
    { ...account, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  return new Promise((resolve, reject) => {
    let log = ''
    server.stderr.on('data', (chunk) => {
      log += chunk
      if (log.includes('ready to accept connections')) resolve(server)
    })
    server.on('error', reject)
    server.on('close', () => reject(new UserError(`The temporary Postgres did not start:\n${log}`)))
  })
}

async function stopServer(server, folder) {
  if (server.exitCode === null) {
    server.kill('SIGINT')
    await once(server, 'close')
  }
  rmSync(folder, { recursive: true, force: true })
}
