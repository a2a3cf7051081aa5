import { type ChartState, type ChartTransition, listStates } from './chart.ts'

/**
 * Hashes a machine's behaviour: its states, transitions, guards, actions, invokes and the names of
 * its delays. Leaves out descriptions, tags and meta, and the code behind the names.
 */
export function computeFingerprint(root: ChartState, transitions: ChartTransition[]): string {
  const states = listStates(root).map(({ id, kind, history, initial, entry, exit, invokes }) => [
    [id, kind, history, initial?.target ?? null, initial?.actions ?? [], entry, exit],
    invokes.map((invoke) => [invoke.id, invoke.src]),
  ])
  const edges = transitions.map(({ id, targets, guard, actions, reenter }) => [
    [id, targets, guard, actions, reenter],
  ])
  return hashFnv1a(JSON.stringify([states, edges]))
}

const offsetBasis = 0xcbf29ce484222325n
const prime = 0x100000001b3n

/**
 * Computes the 64-bit FNV-1a hash of a text's UTF-8 bytes, as 16 hexadecimal digits (RFC 9923). It
 * distinguishes versions but doesn't protect against tampering.
 */
function hashFnv1a(text: string): string {
  let hash = offsetBasis
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * prime)
  }
  return hash.toString(16).padStart(16, '0')
}
