import type { Verdict } from '../measurement.ts'
import { type CellResult, compareRuns, readSamples } from './peers-samples.ts'

/** A target of Lectern as it is shipped, and whether a cell's runs meet it. */
export interface JudgedTarget {
  target: string
  verdict: Verdict
  /** What the verdict rests on, unless it is `yes`. */
  reason: string
}

/** From how many picks on Lectern has to be the fastest. */
const manyPicks = 50

/** From how many rounds on the interval of a ratio says something. */
const enoughRounds = 5

/**
 * Judges Lectern in one cell: nothing untrue is ever shown and no edit is lost; from 50 picks on,
 * it also paints and settles before every peer. A ratio whose interval includes 1 is noise.
 */
export function judgeCell({ cell, contenders }: CellResult): JudgedTarget[] {
  const own = contenders.filter(
    ({ contender }) => contender.layer === 'lectern' && contender.transport === 'batch',
  )
  const targets = [
    judgeZero('no wrong frames', own, 'wrongFrames'),
    judgeZero('no edits lost', own, 'editsLost'),
  ]
  const [shipped] = own
  if (!shipped || cell.picks < manyPicks) return targets
  const peers = contenders.filter(({ contender }) => contender.layer !== 'lectern')
  const judgeAhead = (target: string, measure: 'painted' | 'settled'): JudgedTarget => {
    if (shipped.runs.length < enoughRounds) {
      return { target, verdict: 'noise', reason: 'too few rounds' }
    }
    const ratios = peers.map(({ contender, runs }) => ({
      name: contender.name,
      ratio: compareRuns(runs, shipped.runs, measure),
    }))
    const slower = ratios.filter(({ ratio }) => ratio.high < 1).map(({ name }) => name)
    if (slower.length > 0) return { target, verdict: 'NO', reason: `ahead: ${slower.join(', ')}` }
    const level = ratios.filter(({ ratio }) => ratio.low <= 1).map(({ name }) => name)
    if (level.length > 0) return { target, verdict: 'noise', reason: `level: ${level.join(', ')}` }
    return { target, verdict: 'yes', reason: '' }
  }
  return [
    ...targets,
    judgeAhead('painted before every peer', 'painted'),
    judgeAhead('settled before every peer', 'settled'),
  ]
}

function judgeZero(
  target: string,
  own: CellResult['contenders'],
  measure: 'wrongFrames' | 'editsLost',
): JudgedTarget {
  const found = own.flatMap(({ runs }) => readSamples(runs, measure)).filter((count) => count > 0)
  return found.length === 0
    ? { target, verdict: 'yes', reason: '' }
    : { target, verdict: 'NO', reason: `in ${found.length} runs` }
}
