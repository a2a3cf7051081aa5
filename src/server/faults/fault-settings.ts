export type FaultSettings = {
  /** The shortest and the longest delay of a link, in milliseconds. */
  latency: readonly [number, number]
  /** The share of links that are refused, 0 to 1. */
  fail: number
  /** The share of links whose connection is cut, 0 to 1. */
  drop: number
  /** The same seed gives the same faults to the same links in the same order. */
  seed: number
}

const defaults: FaultSettings = { latency: [0, 0], fail: 0, drop: 0, seed: 1 }

const parsers: Record<keyof FaultSettings, (text: string) => Partial<FaultSettings>> = {
  latency: (text) => ({ latency: parseLatency(text) }),
  fail: (text) => ({ fail: parseShare('fail', text) }),
  drop: (text) => ({ drop: parseShare('drop', text) }),
  seed: (text) => ({ seed: parseWholeNumber('seed', text) }),
}

/**
 * Parses faults such as `latency=1000-2000,fail=0.2,drop=0.05,seed=7`; every part is optional.
 * @throws Error with a message that names the invalid part
 */
export function parseFaultSettings(text: string): FaultSettings {
  const settings = text.split(',').map((part) => {
    const [name = '', value = '', ...rest] = part.trim().split('=')
    if (!Object.hasOwn(parsers, name) || value === '' || rest.length > 0) {
      throw new Error(`“${part.trim()}” is not latency=…, fail=…, drop=… or seed=…`)
    }
    return parsers[name as keyof FaultSettings](value)
  })
  const faults = { ...defaults, ...Object.assign({}, ...settings) } as FaultSettings
  if (faults.fail + faults.drop > 1) throw new Error('fail and drop must add up to at most 1')
  return faults
}

function parseLatency(text: string): [number, number] {
  const [shortest = '', longest = shortest, ...rest] = text.split('-')
  const range = [parseWholeNumber('latency', shortest), parseWholeNumber('latency', longest)] as [
    number,
    number,
  ]
  if (rest.length > 0 || range[0] > range[1]) {
    throw new Error(`latency must be a range of milliseconds, such as 1000-2000, but is “${text}”`)
  }
  return range
}

function parseShare(name: string, text: string): number {
  if (/^(0|1|0?\.\d+|1\.0+|0\.\d*)$/.test(text)) return Number(text)
  throw new Error(`${name} must be between 0 and 1, but is “${text}”`)
}

function parseWholeNumber(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new Error(`${name} must be a whole number of at most nine digits, but is “${text}”`)
}
