import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Trace } from '#charts/model-reports/model-reports.ts'

const folder = path.resolve(import.meta.dirname, '../../reports/models')

/** A line of the table at the end of a run. */
export interface Summary {
  machine: string
  states: string
  transitions: string
  pairs: string
  paths: number
  steps: number
  seconds: number
}

/** Writes a report and returns its path relative to the project's folder. */
export function writeReport(name: string, content: unknown): string {
  const file = path.join(folder, `${name}.json`)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`)
  return `reports/models/${name}.json`
}

/** Writes the trace of a failure and returns instructions to replay it. */
export function writeTrace(name: string, trace: Trace): string {
  const file = writeReport(`traces/${name}`.replaceAll(' ', '-'), trace)
  return `To replay it: npm run test:models -- --replay ${file}`
}
