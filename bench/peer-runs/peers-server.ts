import path from 'node:path'
import { type Lectern, spawnLectern, thisCheckout } from '../lectern.ts'
import type { ServerCell, ServerLog } from './page-contract.ts'

/** Lectern's server, with additions for the comparison. */
export interface PeersServer extends Lectern {
  /** The same server over HTTP/2. */
  secureAddress: string
  /** Starts a cell with an empty log; `null` for no faults. */
  setCell: (cell: ServerCell | null) => Promise<void>
  readLog: () => Promise<ServerLog>
}

/** Starts the built server; resolves when it is warm. */
export async function startPeersServer(dataFolder: string): Promise<PeersServer> {
  const lectern = await spawnLectern(path.join(thisCheckout, 'dist/peers/main.js'), dataFolder)
  const addressResponse = await fetch(`${lectern.address}/bench/address`)
  return {
    ...lectern,
    secureAddress: await addressResponse.text(),
    async setCell(cell) {
      const response = await fetch(`${lectern.address}/bench/cell`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(cell),
      })
      if (!response.ok) throw new Error(`The cell failed with status ${response.status}`)
    },
    async readLog() {
      const response = await fetch(`${lectern.address}/bench/log`)
      // Both ends belong to this bench.
      return (await response.json()) as ServerLog
    },
  }
}
