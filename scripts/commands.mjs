import { spawn } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

/** A failure whose message is a sentence for the person at the terminal, who needs no stack. */
export class Refusal extends Error {}

/** Runs a script's steps; a refusal ends the process with its sentence and exit code 1. */
export async function orRefuse(steps) {
  try {
    return await steps()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    console.error(`\n${error.message}`)
    process.exit(1)
  }
}

/** Runs a command with this terminal as its own, and resolves with its exit code. */
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

/** Runs a command silently, and resolves with its exit code and all that it printed. */
export function runQuietly(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const keep = (chunk) => {
      output += chunk
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/** Lets SIGINT and SIGTERM end the running child, which gets them too, so that this process can tidy up after it. */
export function outliveSignals() {
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {})
}
