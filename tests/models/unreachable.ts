import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { MachineId } from './models.ts'

/** Names of transitions or pairs that no path can go through, with the reason. */
export interface Unreachable {
  reason: string
  names: string[]
}

type Kind = 'transitions' | 'pairs'
type Listed = Record<MachineId, Record<Kind, Unreachable[]>>

const file = path.join(import.meta.dirname, 'unreachable.json')

/** What is known to be out of reach in a machine. */
export function unreachable(id: MachineId): Record<Kind, Unreachable[]> {
  const listed: Listed = JSON.parse(readFileSync(file, 'utf8'))
  return listed[id]
}

/** The list as it has to be for what is missed: known names with their reasons, new ones with none. */
export function listedAnew(
  known: readonly Unreachable[],
  missed: readonly string[],
): Unreachable[] {
  const reasons = new Map(known.flatMap(({ reason, names }) => names.map((name) => [name, reason])))
  const reasonOf = (name: string) => reasons.get(name) ?? ''
  return [...new Set(missed.map(reasonOf))].map((reason) => ({
    reason,
    names: missed.filter((name) => reasonOf(name) === reason).toSorted(),
  }))
}

/** All names of a list, in order. */
export const namesIn = (listed: readonly Unreachable[]) =>
  listed.flatMap(({ names }) => names).toSorted()
