import { useEffect, useMemo, useState } from 'react'
import type { AnyStateMachine } from 'xstate'
import type { ChartEntry } from '../chart-entry.ts'
import { parseRunLink } from './run-link.ts'
import { type SimulationRun, simulate } from './simulation.ts'

/** Holds a simulated run of a machine. A link may set it, initially or while the page is open. */
export function useSimulation({ machine, input }: ChartEntry, isEnabled: boolean) {
  const [shown, setShown] = useState(() => withLinkedRun(noRun))
  useEffect(() => {
    const readLink = () => setShown(withLinkedRun)
    addEventListener('hashchange', readLink)
    return () => removeEventListener('hashchange', readLink)
  }, [])
  const isOfMachine = shown.run?.machineId === machine.id
  const run = useMemo(
    () => (isOfMachine && shown.run ? shown.run : createRun(machine, input)),
    [isOfMachine, shown.run, machine, input],
  )
  const position = Math.min(isOfMachine ? shown.position : 0, run.steps.length)
  const state = useMemo(
    () => (isEnabled ? simulate(machine, { ...run, steps: run.steps.slice(0, position) }) : null),
    [isEnabled, machine, run, position],
  )
  return {
    run,
    position,
    state,
    error: shown.error,
    setRun: (next: SimulationRun) => {
      removeLinkedRun()
      setShown({ run: next, position: next.steps.length, error: null })
    },
    setPosition: (next: number) => setShown({ run, position: next, error: null }),
  }
}

interface ShownRun {
  run: SimulationRun | null
  position: number
  /** Why the link's run can't be shown. */
  error: string | null
}

const noRun: ShownRun = { run: null, position: 0, error: null }

const createRun = ({ id }: AnyStateMachine, input: SimulationRun['input']): SimulationRun => ({
  machineId: id,
  input,
  steps: [],
})

const linkPrefix = '#run='

function withLinkedRun(now: ShownRun): ShownRun {
  if (!location.hash.startsWith(linkPrefix)) return now
  const run = parseRunLink(location.hash.slice(linkPrefix.length))
  if (!run)
    return { ...now, error: 'The run in this link can’t be read, because the link is damaged.' }
  return { run, position: run.steps.length, error: null }
}

/** Removes an outdated run from the address, so that nobody copies it. */
function removeLinkedRun() {
  if (!location.hash.startsWith(linkPrefix)) return
  history.replaceState(history.state, '', location.pathname + location.search)
}
