import { hasTypedNames } from '#ui/name-draft.ts'
import { hasUnsentChanges } from '../features/videos/unsent-changes.ts'
import type { Authoring } from '../features/videos/videos.actors.ts'

/** Lets the browser ask before a reload or a closed tab loses what the server does not have yet. */
export function askBeforeLeaving(authoring: Authoring, page: EventTarget): void {
  page.addEventListener('beforeunload', (event) => {
    if (hasUnsentChanges(authoring) || hasTypedNames()) event.preventDefault()
  })
}
