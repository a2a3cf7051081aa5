import { useMemo, useState } from 'react'
import type { Chart } from '../chart.ts'
import type { ChartEntry } from '../chart-entry.ts'
import type { Coverage, Trace } from './model-reports.ts'
import {
  checkTrace,
  countTransitions,
  type FileResult,
  readCoverage,
  readTrace,
  selectCoverage,
} from './read-report.ts'
import { replayTrace } from './trace-replay.ts'

/** Holds the opened coverage report, as transition counts of this chart. */
export function useCoverage(chart: Chart) {
  const [file, setFile] = useState<FileResult<Coverage> | null>(null)
  const result = useMemo(
    () => mapContent(file, (coverage) => selectCoverage(chart, coverage)),
    [chart, file],
  )
  const counts = useMemo(
    () => (result && 'content' in result ? countTransitions(chart, result.content) : null),
    [chart, result],
  )
  const open = async (chosen: File) => setFile(await readCoverage(chosen))
  return { counts, error: findError(result), open }
}

/** Holds the opened trace, as steps on this chart. */
export function useReplay({ machine }: ChartEntry, chart: Chart) {
  const [file, setFile] = useState<FileResult<Trace> | null>(null)
  const [position, setPosition] = useState(0)
  const result = useMemo(() => mapContent(file, (trace) => checkTrace(chart, trace)), [chart, file])
  const steps = useMemo(
    () => (result && 'content' in result ? replayTrace(machine, chart, result.content) : null),
    [machine, chart, result],
  )
  const open = async (chosen: File) => {
    setFile(await readTrace(chosen))
    setPosition(0)
  }
  return { steps, position, setPosition, error: findError(result), open }
}

function mapContent<Whole, Part>(
  file: FileResult<Whole> | null,
  map: (content: Whole) => FileResult<Part>,
): FileResult<Part> | null {
  if (!file) return null
  return 'content' in file ? map(file.content) : file
}

function findError(result: FileResult<unknown> | null): string | null {
  return result && 'error' in result ? result.error : null
}
