import type { MayTell } from '#charts/inspect/told.ts'

// By name, so that a text that is new in a machine is left out until somebody puts it here.
const tellable = new Set([
  ...['type', 'status', 'outcome', 'position', 'unsavedNames'],
  ...['id', 'chapterId', 'mediaId', 'courseId', 'actorId'],
])

/** Which texts of the actors may leave the page: ids, kinds and states, but nothing that anybody typed or named. */
export const mayTell: MayTell = (path) => tellable.has(path.at(-1) ?? '') || path.at(-2) === 'run'
