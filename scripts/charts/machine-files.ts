import { readdirSync } from 'node:fs'

const ending = '.machine.ts'

/** The machines that have a file, by the name that it begins with. */
export function machinesWithFile(folder = 'machines'): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .sort()
}

/** A sentence for each machine that has a file and is not on the chart page: nothing draws, exports or compares it. */
export function unlistedMachines(withFile: string[], listed: string[]): string[] {
  return withFile
    .filter((name) => !listed.includes(name))
    .map(
      (name) =>
        `machines/${name}${ending} has no entry: add it to src/client/app/charts/chart-entries.ts.`,
    )
}
