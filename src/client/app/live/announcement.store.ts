import { create } from 'zustand'
import type { Change } from '#contract/changes.ts'
import { formatCount } from '#shared/count.ts'

/** The ids of what others have changed. */
export type ChangedIds = Record<Change['entity'], ReadonlySet<string>>

interface AnnouncementState {
  /** What a screen reader is told; empty if there is nothing to tell. */
  text: string
  add: (changed: ChangedIds) => void
}

/** How long it is quiet after the last change of a burst, and how long a burst lasts, in ms. */
const quiet = 1_000
const maxBurst = 10_000

const entities = ['course', 'chapter', 'video'] as const

/** Changes of others are announced once for a burst. */
export const useAnnouncement = create<AnnouncementState>()((set) => {
  const burst = { course: new Set<string>(), chapter: new Set<string>(), video: new Set<string>() }
  let timer: ReturnType<typeof setTimeout> | undefined
  let beganAt: number | null = null

  function announce() {
    beganAt = null
    set({ text: describeChanges(burst) })
    for (const ids of Object.values(burst)) ids.clear()
  }

  return {
    text: '',
    add(changed) {
      if (entities.every((entity) => changed[entity].size === 0)) return
      for (const entity of entities) for (const id of changed[entity]) burst[entity].add(id)
      clearTimeout(timer)
      // Emptied first: the same words again would not be announced.
      set({ text: '' })
      beganAt ??= Date.now()
      timer = setTimeout(announce, Math.min(quiet, beganAt + maxBurst - Date.now()))
    },
  }
})

/** Such as `1 chapter and 2 videos changed by someone else`. */
function describeChanges(changed: ChangedIds): string {
  const counts = entities
    .filter((entity) => changed[entity].size > 0)
    .map((entity) => formatCount(changed[entity].size, entity))
  return `${list.format(counts)} changed by someone else`
}

const list = new Intl.ListFormat('en')
