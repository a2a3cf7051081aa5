import { spawn } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

/** Runs a command in this terminal; resolves with its exit code. */
export function run(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: 'inherit',
    })
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? 1))
  })
}

/** Runs a command silently; resolves with its exit code and everything it printed. */
export function runQuietly(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const append = (chunk) => {
      output += chunk
    }
    child.stdout.on('data', append)
    child.stderr.on('data', append)
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/** Imports a TypeScript file of this repository. Packages must be installed. */
export async function importTypeScript(file) {
  const { register } = await import('tsx/esm/api')
  register()
  return import(/* @vite-ignore */ pathToFileURL(path.join(root, file)).href)
}

/**
 * Leaves SIGINT and SIGTERM to the running child, which receives them too, so that this process can
 * clean up after it.
 */
export function leaveSignalsToChild() {
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {})
}

/**
 * Stops this process when npm's shell ends. npm forwards a signal to the shell it started, which
 * may exit without forwarding it; then nothing else would stop this process.
 */
export function stopWithNpm() {
  if (!process.env.npm_lifecycle_event) return
  const shell = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === shell) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 250)
  watch.unref()
}
