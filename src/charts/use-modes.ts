import { useEffect, useMemo, useState } from 'react'
import type { AnyStateMachine } from 'xstate'
import type { Chart } from './chart.ts'
import type { ChartEntry } from './chart-entry.ts'
import type { Coverage, Trace } from './model-reports/model-reports.ts'
import {
  countsOf,
  coverageFor,
  type FileAnswer,
  readCoverage,
  readTrace,
  traceFor,
} from './model-reports/report-file.ts'
import { replay } from './model-reports/trace-replay.ts'
import { runFromLink } from './simulate/run-link.ts'
import { type SimulationRun, simulate } from './simulate/simulation.ts'

/** A simulated run of a machine; a link may have brought it, and may bring another one at any time. */
export function useSimulation(entry: ChartEntry, isOn: boolean) {
  const { machine, input } = entry
  const [kept, setKept] = useState(() => withRunOfLink(noRun))
  useEffect(() => {
    const readLink = () => setKept(withRunOfLink)
    addEventListener('hashchange', readLink)
    return () => removeEventListener('hashchange', readLink)
  }, [])
  const fits = kept.run?.machineId === machine.id
  const run = useMemo(
    () => (fits && kept.run ? kept.run : newRun(machine, input)),
    [fits, kept.run, machine, input],
  )
  const position = Math.min(fits ? kept.position : 0, run.steps.length)
  const state = useMemo(
    () => (isOn ? simulate(machine, { ...run, steps: run.steps.slice(0, position) }) : null),
    [isOn, machine, run, position],
  )
  return {
    run,
    position,
    state,
    refusal: kept.refusal,
    setRun: (next: SimulationRun) => {
      forgetRunOfLink()
      setKept({ run: next, position: next.steps.length, refusal: null })
    },
    setPosition: (next: number) => setKept({ run, position: next, refusal: null }),
  }
}

interface KeptRun {
  run: SimulationRun | null
  position: number
  /** Why a link brought no run. */
  refusal: string | null
}

const noRun: KeptRun = { run: null, position: 0, refusal: null }

const newRun = ({ id }: AnyStateMachine, input: SimulationRun['input']): SimulationRun => ({
  machineId: id,
  input,
  steps: [],
})

const linkStart = '#run='
const damagedLink = 'The run of this link can’t be read: a part of the link is missing or wrong.'

function withRunOfLink(now: KeptRun): KeptRun {
  if (!location.hash.startsWith(linkStart)) return now
  const run = runFromLink(location.hash.slice(linkStart.length))
  if (!run) return { ...now, refusal: damagedLink }
  return { run, position: run.steps.length, refusal: null }
}

/** Takes the run out of the address once another one is shown, so that nobody copies it from there. */
function forgetRunOfLink() {
  if (!location.hash.startsWith(linkStart)) return
  history.replaceState(history.state, '', location.pathname + location.search)
}

/** The coverage report that was opened, as far as it is about this chart. */
export function useCoverage(chart: Chart) {
  const [file, setFile] = useState<FileAnswer<Coverage> | null>(null)
  const answer = useMemo(() => fitting(file, (report) => coverageFor(chart, report)), [chart, file])
  const counts = useMemo(
    () => (answer && 'content' in answer ? countsOf(chart, answer.content) : null),
    [chart, answer],
  )
  const open = async (chosen: File) => setFile(await readCoverage(chosen))
  return { counts, refusal: refusalOf(answer), open }
}

/** The trace that was opened, as steps on this chart. */
export function useReplay({ machine }: ChartEntry, chart: Chart) {
  const [file, setFile] = useState<FileAnswer<Trace> | null>(null)
  const [position, setPosition] = useState(0)
  const answer = useMemo(() => fitting(file, (trace) => traceFor(chart, trace)), [chart, file])
  const steps = useMemo(
    () => (answer && 'content' in answer ? replay(machine, chart, answer.content) : null),
    [machine, chart, answer],
  )
  const open = async (chosen: File) => {
    setFile(await readTrace(chosen))
    setPosition(0)
  }
  return { steps, position, setPosition, refusal: refusalOf(answer), open }
}

function fitting<Whole, Part>(
  file: FileAnswer<Whole> | null,
  partOf: (content: Whole) => FileAnswer<Part>,
): FileAnswer<Part> | null {
  if (!file) return null
  return 'content' in file ? partOf(file.content) : file
}

function refusalOf(answer: FileAnswer<unknown> | null): string | null {
  return answer && 'refusal' in answer ? answer.refusal : null
}
