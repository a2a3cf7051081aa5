import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { spawnLectern } from '../lectern.ts'
import type { Bench, Scenario } from '../measurement.ts'

const usualRounds = 5
const script = path.resolve(import.meta.dirname, '../../scripts/start.mjs')

/** From the start command to the first answer, on a machine that is set up. */
export const startUp: Scenario = {
  name: 'start-up',
  title: 'Start → serving, on a machine that is set up',
  async run({ library, rounds }: Bench) {
    const again: number[] = []
    const first: number[] = []
    for (let round = 0; round < rounds(usualRounds); round++) {
      again.push(await startOn(library.copy()))
      const empty = mkdtempSync(path.join(tmpdir(), 'lectern-bench-'))
      first.push(await startOn(empty))
      rmSync(empty, { recursive: true })
    }
    return [
      {
        what: 'With its data there',
        unit: 'ms',
        samples: again,
        target: { of: 'most', atMost: 3000 },
      },
      { what: 'With no data yet', unit: 'ms', samples: first },
    ]
  },
}

async function startOn(folder: string): Promise<number> {
  const begun = performance.now()
  const lectern = await spawnLectern([script], folder)
  const response = await fetch(`${lectern.address}/api/health`)
  const took = performance.now() - begun
  await lectern.stop()
  if (!response.ok) throw new Error(`It answered ${response.status}`)
  return took
}
