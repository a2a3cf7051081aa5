import { readOtherTitle } from './rename-title.ts'

/** How often a change goes on from a version that somebody else has made meanwhile. */
const maxMismatches = 5

/**
 * Changes the newest version of a course or a chapter, also one that somebody else has made
 * meanwhile.
 * @param version the newest that is known; what is still being created starts with 1
 * @param send sends the change in place of a version, given as the headers of its request
 * @param isTaken whether what has another title by now is to be changed all the same
 * @throws what `send` throws
 */
export async function patchNewest<Row>(
  version: number,
  send: (headers: { 'if-match': string }) => Promise<Row>,
  isTaken: (title: string) => boolean = () => true,
): Promise<Row> {
  let newest = Math.max(version, 1)
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
