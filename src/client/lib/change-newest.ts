import { readOtherTitle } from './rename-title.ts'

/** How many times a change is retried on a version that someone else has made meanwhile. */
const maxMismatches = 5

/**
 * Changes the newest version of a course or a chapter, even if someone else has made that version
 * meanwhile. A late duplicate of the request names an old version and changes nothing.
 * @param version the newest known version; 0 for something that is still being created
 * @param send sends the change with request headers that name the version it replaces
 * @param mayReplace whether to go ahead over a newer version that has this title
 * @throws whatever `send` throws
 */
export async function changeNewest<Row>(
  version: number,
  send: (headers: { 'if-match': string }) => Promise<Row>,
  mayReplace: (title: string) => boolean = () => true,
): Promise<Row> {
  let newest = serverVersion(version)
  for (let mismatches = 0; ; mismatches += 1) {
    try {
      return await send({ 'if-match': `"${newest}"` })
    } catch (error) {
      const current = readOtherTitle(error)
      if (!current || mismatches === maxMismatches || !mayReplace(current.name)) throw error
      newest = current.version
    }
  }
}

/** The version that a course or a chapter has after its removal. */
export const removedVersion = ({ version }: { version: number }): number =>
  serverVersion(version) + 1

/** Courses and chapters start at version 1. */
const serverVersion = (version: number) => Math.max(version, 1)

/** The version to send if it is not known: the server's response to it names the real one. */
export const unknownVersion = 1
