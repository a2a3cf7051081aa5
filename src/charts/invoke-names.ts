import type { ChartInvoke, ChartState } from './chart.ts'

type NamedActor = Pick<ChartInvoke, 'id' | 'src'>

/**
 * Names the actors that a state invokes, in order: by their ids, or by their sources if XState
 * generated the id (`0.search.typing`). Numbers actors that would share a name, such as `fetch #2`.
 */
export function nameInvokes(stateId: string, invokes: readonly NamedActor[]): string[] {
  const names = invokes.map(({ id, src }, index) =>
    isGenerated(id, index, stateId) ? (src ?? 'inline actor') : id,
  )
  return names.map((name, index) => {
    if (names.filter((other) => other === name).length === 1) return name
    const before = names.slice(0, index).filter((other) => other === name)
    return `${name} #${before.length + 1}`
  })
}

/** Formats the actors that a state invokes: their names, plus their sources if these differ. */
export function formatInvokes({ id: stateId, invokes }: ChartState): string[] {
  const names = nameInvokes(stateId, invokes)
  return invokes.map(({ id, src }, index) => {
    const name = names[index] ?? id
    const isRedundant = src === null || src === id || isGenerated(id, index, stateId)
    return isRedundant ? name : `${name}: ${src}`
  })
}

const isGenerated = (id: string, index: number, stateId: string) => id === `${index}.${stateId}`
