import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { findChromium, findTestBrowser, headlessShell, readConfiguredChromium } from './browser.mjs'
import { UserError } from './command-line.mjs'
import { root, runQuietly } from './commands.mjs'
import { isInstalled } from './lock-file.mjs'
import { hashSources } from './source-hash.mjs'

const built = path.join(root, 'dist')
const builds = path.join(root, '.builds')
const peers = path.join(root, 'bench/peers')
const hints = [
  [/ENOSPC/, 'The disk is full. Free some space, then run this again.'],
  [
    /EACCES|EPERM|EROFS/,
    `This user can’t write to ${root}. Change its owner, then run this again.`,
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/,
    'The npm registry can’t be reached. Check your network, then run this again.',
  ],
  [
    /EUSAGE/,
    'package.json and package-lock.json are out of sync. Run `npm install`, then run this again.',
  ],
  [/(?:)/, 'See the output above.'],
]

/** Makes `node_modules` match the lock file. */
export async function ensureInstalled() {
  if (isInstalled()) return
  console.log('Installing packages…')
  await install(['--include=dev'])
}

/** Installs the packages that Lectern is compared with, which it does not use itself. */
export async function ensurePeersInstalled() {
  if (isInstalled(peers)) return
  console.log('Installing the packages for comparison into bench/peers…')
  await install(['--prefix', peers])
}

async function install(options) {
  const { code, output } = await npm([
    'ci',
    ...options,
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ])
  if (code === 0) return
  console.error(output)
  throw new UserError(`The packages could not be installed. ${findHint(output)}`)
}

/**
 * Makes `dist/` match the sources. A build that fails or is killed leaves the previous one in
 * place.
 */
export async function ensureBuilt() {
  const stamp = hashSources()
  if (readIfExists(path.join(built, 'stamp')) === stamp) return
  console.log('Building…')
  removeAbandonedBuilds()
  const fresh = path.join(builds, String(process.pid))
  try {
    await Promise.all([
      build('vite.config.ts', path.join(fresh, 'client')),
      build('vite.server.config.ts', path.join(fresh, 'server')),
    ])
    writeFileSync(path.join(fresh, 'stamp'), stamp)
    replaceBuild(fresh, stamp)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
}

/** Makes `dist/peers/` match the sources of the pages that are compared, and of their server. */
export async function ensurePeersBuilt() {
  const folder = path.join(built, 'peers')
  const stamp = hashSources(['bench/peers', 'bench/peer-runs'])
  if (readIfExists(path.join(folder, 'stamp')) === stamp) return
  console.log('Building the pages for comparison…')
  // The page is built into the server's folder, which the server's build empties.
  await build('bench/peers/vite.server.config.ts', folder)
  await build('bench/peers/vite.page.config.ts', path.join(folder, 'page'))
  writeFileSync(path.join(folder, 'stamp'), stamp)
}

/** Builds the demo into a folder, for a static host that serves it at the path `base`. */
export async function buildDemo(base, folder) {
  console.log('Building the demo…')
  await build('vite.demo.config.ts', folder, ['--base', base])
}

/** Finds the browser for the tests, or installs one; resolves with its path. */
export const ensureTestBrowser = () =>
  findOrInstallChromium(findTestBrowser, [headlessShell, 'chromium'])

/** Finds a Chromium, or installs one; resolves with its path. */
export const ensureBrowser = () => findOrInstallChromium(findChromium, ['chromium'])

/** Finds a browser; without one, installs Debian’s packages in turn, then Playwright’s. */
async function findOrInstallChromium(find, packages) {
  const found = find()
  if (found) return found
  if (readConfiguredChromium()) {
    throw new UserError(
      `LECTERN_CHROMIUM or CHROME_PATH points to ${readConfiguredChromium()}, which does not start. Correct or unset it.`,
    )
  }
  console.log('Installing Chromium…')
  return installUntilFound(
    find,
    [
      ...packages.map((name) => () => installWithApt(name)),
      () => downloadWithPlaywright('chromium'),
    ],
    'Chromium is required but could not be installed. Install it, or set LECTERN_CHROMIUM=/path/to/chromium, then run this again.',
  )
}

/**
 * Tries installers until `find` finds the program.
 * @returns what `find` has found
 * @throws UserError with the message `failure`, after printing the installers’ output
 */
export async function installUntilFound(find, installers, failure) {
  const outputs = []
  for (const install of installers) {
    outputs.push(await install())
    const found = find()
    if (found) return found
  }
  console.error(outputs.join(''))
  throw new UserError(failure)
}

async function build(config, outDir, options = []) {
  const args = [
    'node_modules/vite/bin/vite.js',
    'build',
    '--config',
    config,
    '--outDir',
    outDir,
    '--emptyOutDir',
    ...options,
  ]
  const { code, output } = await runQuietly(process.execPath, args, { NODE_ENV: 'production' })
  if (code === 0) return
  console.error(output)
  throw new UserError(`The build with ${config} failed. ${findHint(output)}`)
}

// Two processes may build at once; the second finds the other's build, made from the same sources.
function replaceBuild(fresh, stamp) {
  const outdated = `${fresh}-outdated`
  try {
    if (existsSync(built)) renameSync(built, outdated)
    renameSync(fresh, built)
  } catch (error) {
    if (readIfExists(path.join(built, 'stamp')) !== stamp) throw error
  } finally {
    rmSync(outdated, { recursive: true, force: true })
  }
}

function removeAbandonedBuilds() {
  if (!existsSync(builds)) return
  for (const name of readdirSync(builds)) {
    if (!isRunning(Number.parseInt(name, 10))) rmSync(path.join(builds, name), { recursive: true })
  }
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function readIfExists(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

/** Installs Debian packages where apt and root are available; resolves with the output. */
export async function installWithApt(...packages) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return ''
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' }
  const update = await runQuietly('apt-get', ['update'], quiet)
  const install = await runQuietly('apt-get', ['install', '-y', ...packages], quiet)
  return update.output + install.output
}

/** Downloads Playwright's own browser of an engine; resolves with the output. */
export async function downloadWithPlaywright(engine) {
  const { output } = await runQuietly(process.execPath, [
    'node_modules/playwright/cli.js',
    'install',
    engine,
  ])
  return output
}

// npm sets its own path in the environment, which works even where npm is not on the PATH.
function npm(args) {
  const npmPath = process.env.npm_execpath ?? ''
  if (/npm-cli\.[cm]?js$/.test(npmPath)) return runQuietly(process.execPath, [npmPath, ...args])
  return runQuietly('npm', args)
}

function findHint(output) {
  const [, hint] = hints.find(([symptom]) => symptom.test(output))
  return hint
}
