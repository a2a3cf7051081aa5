import { create } from 'zustand'
import type { Change } from '#contract/changes.ts'
import { formatCount } from '#shared/count.ts'

/** The ids of what others have changed. */
export type ChangedIds = Record<Change['entity'], ReadonlySet<string>>

interface AnnouncementState {
  /** The text for screen readers; empty if there is nothing to announce. */
  text: string
  /** Counts the announcements. */
  number: number
  add: (changed: ChangedIds) => void
}

/** The silence that ends a burst, and how long a burst can last, in ms. */
const quiet = 1_000
const maxBurst = 10_000

const entities = ['course', 'chapter', 'video'] as const

/** Announces changes by others, once per burst. */
export const useAnnouncement = create<AnnouncementState>()((set) => {
  const burst = { course: new Set<string>(), chapter: new Set<string>(), video: new Set<string>() }
  let timer: ReturnType<typeof setTimeout> | undefined
  let startedAt: number | null = null

  function announce() {
    startedAt = null
    set(({ number }) => ({ text: describeChanges(burst), number: number + 1 }))
    for (const ids of Object.values(burst)) ids.clear()
  }

  return {
    text: '',
    number: 0,
    add(changed) {
      if (entities.every((entity) => changed[entity].size === 0)) return
      for (const entity of entities) for (const id of changed[entity]) burst[entity].add(id)
      clearTimeout(timer)
      // What has been announced is no longer all that others have changed.
      set({ text: '' })
      startedAt ??= Date.now()
      timer = setTimeout(announce, Math.min(quiet, startedAt + maxBurst - Date.now()))
    },
  }
})

/** For example, `1 chapter and 2 videos changed by someone else`. */
function describeChanges(changed: ChangedIds): string {
  const counts = entities
    .filter((entity) => changed[entity].size > 0)
    .map((entity) => formatCount(changed[entity].size, entity))
  return `${list.format(counts)} changed by someone else`
}

const list = new Intl.ListFormat('en')
