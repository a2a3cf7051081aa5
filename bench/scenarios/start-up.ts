import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { spawnLectern } from '../lectern.ts'
import type { Bench, Scenario } from '../measurement.ts'

const defaultRounds = 5
const script = path.resolve(import.meta.dirname, '../../scripts/start.mjs')

/** From the start command to the first response, with packages and build up to date. */
export const startUp: Scenario = {
  name: 'start-up',
  title: 'Start → serving, installed and built',
  async run({ library, rounds }: Bench) {
    const existing: number[] = []
    const empty: number[] = []
    for (let round = 0; round < rounds(defaultRounds); round++) {
      existing.push(await measureStart(library.copy()))
      const folder = mkdtempSync(path.join(tmpdir(), 'lectern-bench-'))
      empty.push(await measureStart(folder))
      rmSync(folder, { recursive: true })
    }
    return [
      {
        label: 'With an existing database',
        unit: 'ms',
        samples: existing,
        target: { statistic: 'max', atMost: 3000 },
      },
      { label: 'With a new database', unit: 'ms', samples: empty },
    ]
  },
}

async function measureStart(folder: string): Promise<number> {
  const startedAt = performance.now()
  const lectern = await spawnLectern(script, folder)
  const response = await fetch(`${lectern.address}/api/health`)
  const time = performance.now() - startedAt
  await lectern.stop()
  if (!response.ok) throw new Error(`The health check failed with status ${response.status}`)
  return time
}
