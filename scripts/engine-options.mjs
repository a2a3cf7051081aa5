import { parseArgs } from 'node:util'
import { engineNames } from './engines.mjs'

const networkNames = ['fast', 'slow', 'faulty']

export const usage = `npm run test:engines -- [options]

  --engine NAME    only this engine: ${engineNames.join(', ')}; can be given again
  --network NAME   only in this network: ${networkNames.join(', ')}; can be given again
                   slow is 150 ms each way and 1 Mbit/s; faulty refuses a fifth of the links,
                   and cuts connections
  --help           this text`

/** The command line asks for something that is not there; the message says what, in a sentence. */
export class UsageError extends Error {}

/** Reads the command line. @throws UsageError */
export function readOptions(args) {
  const given = parse(args)
  return {
    engines: chosen('engine', engineNames, given.engine),
    networks: chosen('network', networkNames, given.network),
    help: given.help ?? false,
  }
}

function parse(args) {
  const names = { type: 'string', multiple: true }
  try {
    const options = { engine: names, network: names, help: { type: 'boolean' } }
    return parseArgs({ args, options }).values
  } catch (error) {
    const [reason] = error.message.split('. ')
    throw new UsageError(`${reason.replace(/\.$/, '')}. See --help.`)
  }
}

function chosen(kind, known, asked = known) {
  const unknown = asked.find((name) => !known.includes(name))
  if (unknown === undefined) return known.filter((name) => asked.includes(name))
  throw new UsageError(`There is no ${kind} ${unknown}; there are ${known.join(', ')}.`)
}
