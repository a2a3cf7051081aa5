// A default import works even in a Node without parseArgs, so that requireNode can say what is
// missing.
import util from 'node:util'

const minimumNode = [20, 19]

/** A failure whose message is meant for the user; it is printed without a stack trace. */
export class UserError extends Error {
  name = 'UserError'
}

/** A command line that can't be parsed. */
export class UsageError extends Error {
  name = 'UsageError'
}

const exitCodes = { UserError: 1, UsageError: 2 }

/**
 * Runs a script's steps; an error that is meant for the user ends the process with its message.
 * Errors are recognized by name, since Vite and tsx load their own copies of the classes.
 */
export async function runScript(steps) {
  try {
    requireNode()
    return await steps()
  } catch (error) {
    const exitCode = exitCodes[error?.name]
    if (exitCode === undefined) throw error
    console.error(error.message)
    process.exit(exitCode)
  }
}

/**
 * Parses this process's arguments; `--help` prints the usage and ends the process.
 * @throws UsageError
 */
export function readCommandLine({ usage, ...config }) {
  const { values, positionals } = parseCommandLine(process.argv.slice(2), config)
  if (values.help) {
    console.log(usage)
    process.exit(0)
  }
  return { values, positionals }
}

/**
 * @template Options
 * @typedef {{
 *   [Name in keyof Options]?: Options[Name] extends { type: 'boolean' } ? boolean
 *     : Options[Name] extends { multiple: true } ? string[] : string
 * }} Values
 */

/**
 * Parses arguments with `parseArgs`, and adds the option `--help`.
 * @template {import('node:util').ParseArgsOptionsConfig} [const Options={}]
 * @param {string[]} args
 * @param {{ options?: Options, allowPositionals?: boolean }} [config]
 * @returns {{ values: Values<Options> & { help?: boolean }, positionals: string[] }}
 * @throws UsageError
 */
export function parseCommandLine(args, { options, allowPositionals = false } = {}) {
  try {
    const withHelp = { ...options, help: { type: 'boolean', short: 'h' } }
    return util.parseArgs({ args, options: withHelp, allowPositionals })
  } catch (error) {
    if (!error?.code?.startsWith('ERR_PARSE_ARGS')) throw error
    const [reason] = error.message.split(/\.\s/)
    throw new UsageError(`${reason.replace(/\.$/, '')}. See --help.`)
  }
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const [minimumMajor, minimumMinor] = minimumNode
  if (major > minimumMajor || (major === minimumMajor && minor >= minimumMinor)) return
  throw new UserError(
    `Lectern needs Node ${minimumNode.join('.')} or later, but this is ${process.versions.node}. Install it from https://nodejs.org, then run this again.`,
  )
}
