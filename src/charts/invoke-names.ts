import type { ChartInvoke, ChartState } from './chart.ts'

type NamedActor = Pick<ChartInvoke, 'id' | 'src'>

/**
 * Names the actors that a state invokes, in their order: by their ids, or by their sources where
 * XState made up the id (`0.search.typing`). Numbers those that would have the same name, such as
 * `fetch #2`.
 */
export function nameInvokes(stateId: string, invokes: readonly NamedActor[]): string[] {
  const names = invokes.map(({ id, src }, index) =>
    isMadeUp(id, index, stateId) ? (src ?? 'inline actor') : id,
  )
  return names.map((name, index) => {
    if (names.filter((other) => other === name).length === 1) return name
    const before = names.slice(0, index).filter((other) => other === name)
    return `${name} #${before.length + 1}`
  })
}

/** Formats the actors that a state invokes: their names, with their sources where these differ. */
export function formatInvokes({ id: stateId, invokes }: ChartState): string[] {
  const names = nameInvokes(stateId, invokes)
  return invokes.map(({ id, src }, index) => {
    const name = names[index] ?? id
    const isNamedAlike = src === null || src === id || isMadeUp(id, index, stateId)
    return isNamedAlike ? name : `${name}: ${src}`
  })
}

const isMadeUp = (id: string, index: number, stateId: string) => id === `${index}.${stateId}`
