import { readOtherTitle } from './rename-title.ts'

/** How often a change goes on from a version that somebody else has made meanwhile. */
const maxMismatches = 5

/**
 * Changes the newest version of a course or a chapter, also one that somebody else has made
 * meanwhile. A request that the network delivers once more, late, names an old version and changes
 * nothing.
 * @param version the newest that is known; 0 for what is still being created
 * @param send sends the change in place of a version, given as the headers of its request
 * @param isTaken whether what has another title by now is to be changed anyway
 * @throws what `send` throws
 */
export async function changeNewest<Row>(
  version: number,
  send: (headers: { 'if-match': string }) => Promise<Row>,
  isTaken: (title: string) => boolean = () => true,
): Promise<Row> {
  let newest = serverVersion(version)
  for (let mismatches = 0; ; mismatches += 1) {
    try {
      return await send({ 'if-match': `"${newest}"` })
    } catch (error) {
      const current = readOtherTitle(error)
      if (!current || mismatches === maxMismatches || !isTaken(current.name)) throw error
      newest = current.version
    }
  }
}

/** The version that the removal of a course or a chapter has made of this one. */
export const removedVersion = ({ version }: { version: number }): number =>
  serverVersion(version) + 1

/** What is created starts with version 1. */
const serverVersion = (version: number) => Math.max(version, 1)
