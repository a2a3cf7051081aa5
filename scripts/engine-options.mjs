import { parseCommandLine, UsageError } from './command-line.mjs'
import { engineNames } from './engines.mjs'

const networkNames = ['fast', 'slow', 'faulty']

export const usage = `npm run test:engines -- [options]

Tests the main workflow in real browsers, each on three networks.

  --engine NAME    only this engine: ${engineNames.join(', ')}; can be repeated
  --network NAME   only this network: ${networkNames.join(', ')}; can be repeated
                   slow: 150 ms each way and 1 Mbit/s; faulty: a fifth of the links are refused,
                   and connections are cut
  --help           this text`

/** Parses the options of the engine tests. @throws UsageError */
export function parseOptions(args) {
  const names = { type: 'string', multiple: true }
  const { values } = parseCommandLine(args, { options: { engine: names, network: names } })
  return {
    engines: selectNames('engine', engineNames, values.engine),
    networks: selectNames('network', networkNames, values.network),
    help: values.help ?? false,
  }
}

function selectNames(kind, names, requested = names) {
  const unknown = requested.find((name) => !names.includes(name))
  if (unknown === undefined) return names.filter((name) => requested.includes(name))
  throw new UsageError(`Unknown ${kind} ${unknown}. Available: ${names.join(', ')}.`)
}
