import { readdirSync } from 'node:fs'

const extension = '.machine.ts'

/** Lists the names of the machine files, without their extension. */
export function listMachineFiles(folder = 'machines'): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(extension))
    .map((name) => name.slice(0, -extension.length))
    .sort()
}

/**
 * Explains which machines are not on the chart page, and so are not drawn, exported or compared.
 */
export function findUnlisted(names: string[], listedIds: string[]): string[] {
  return names
    .filter((name) => !listedIds.includes(name))
    .map(
      (name) =>
        `machines/${name}${extension} has no entry: add it to src/client/app/charts/chart-entries.ts.`,
    )
}
