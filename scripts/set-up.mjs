import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { findChromium, namedChromium } from './browser.mjs'
import { Refusal, root, runQuietly } from './commands.mjs'
import { isInstalled } from './lock-file.mjs'
import { sourceStamp } from './source-stamp.mjs'

const built = path.join(root, 'dist')
const builds = path.join(root, '.builds')
const advices = [
  [/ENOSPC/, 'The disk is full: make room, then run this again.'],
  [
    /EACCES|EPERM|EROFS/,
    `This user may not write in ${root}: change its owner, then run this again.`,
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/,
    'The npm registry can’t be reached: check the network, then run this again.',
  ],
  [/EUSAGE/, 'package.json and package-lock.json disagree: run `npm install`, then this again.'],
  [/(?:)/, 'The lines above say why.'],
]

/** Makes `node_modules` match the lock file. */
export async function ensureInstalled() {
  if (isInstalled()) return
  console.log('Installing packages …')
  const { code, output } = await npm([
    'ci',
    '--include=dev',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ])
  if (code === 0) return
  console.error(output)
  throw new Refusal(`The packages could not be installed. ${adviceOn(output)}`)
}

/** Makes `dist/` match the sources. A build that fails or is killed leaves the last good one in place. */
export async function ensureBuilt() {
  const stamp = sourceStamp()
  if (readIfThere(path.join(built, 'stamp')) === stamp) return
  console.log('Building …')
  removeAbandonedBuilds()
  const fresh = path.join(builds, String(process.pid))
  try {
    await Promise.all([
      build('vite.config.ts', path.join(fresh, 'client')),
      build('vite.server.config.ts', path.join(fresh, 'server')),
    ])
    writeFileSync(path.join(fresh, 'stamp'), stamp)
    replaceBuilt(fresh, stamp)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
}

/** Builds the demo, which needs no server, into a folder: for a place at the path `base` of some host. */
export async function buildDemo(base, folder) {
  console.log('Building the demo …')
  await build('vite.demo.config.ts', folder, ['--base', base])
}

/** Finds a Chromium for the tests, or installs one, and gives its path. */
export async function ensureBrowser() {
  const found = findChromium()
  if (found) return found
  if (namedChromium()) {
    throw new Refusal(
      `LECTERN_CHROMIUM or CHROME_PATH says ${namedChromium()}, and that does not start: correct it or unset it.`,
    )
  }
  console.log('Installing Chromium for the tests …')
  const printed =
    (await installFromDebian('chromium')) +
    (findChromium() ? '' : await downloadByPlaywright('chromium'))
  const installed = findChromium()
  if (installed) return installed
  console.error(printed)
  throw new Refusal(
    'The tests need Chromium, and it could not be installed: install it yourself, or say where it is with LECTERN_CHROMIUM=/path/to/chromium, then run this again.',
  )
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
  throw new Refusal(`The build with ${config} failed. ${adviceOn(output)}`)
}

// Two starts at once may both build; whichever is second finds the other's build, made of the same sources.
function replaceBuilt(fresh, stamp) {
  const outdated = `${fresh}-outdated`
  try {
    if (existsSync(built)) renameSync(built, outdated)
    renameSync(fresh, built)
  } catch (error) {
    if (readIfThere(path.join(built, 'stamp')) !== stamp) throw error
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

function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

/** Installs packages where that is possible, and resolves with what was printed. */
export async function installFromDebian(...packages) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return ''
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' }
  const update = await runQuietly('apt-get', ['update'], quiet)
  const install = await runQuietly('apt-get', ['install', '-y', ...packages], quiet)
  return update.output + install.output
}

/** Lets Playwright download its own browser, and resolves with what was printed. */
export async function downloadByPlaywright(engine) {
  const { output } = await runQuietly(process.execPath, [
    'node_modules/playwright/cli.js',
    'install',
    engine,
  ])
  return output
}

// Under `npm start` npm says where it is itself, which also holds where it is not on the PATH.
function npm(args) {
  const itself = process.env.npm_execpath ?? ''
  if (/npm-cli\.[cm]?js$/.test(itself)) return runQuietly(process.execPath, [itself, ...args])
  return runQuietly('npm', args)
}

function adviceOn(output) {
  const [, advice] = advices.find(([symptom]) => symptom.test(output))
  return advice
}
