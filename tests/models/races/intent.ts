import type { ShownVideo } from '#client/features/videos/fold-videos.ts'
import type { Operation } from '#machines/history.ts'
import type { VideoEvent } from '#machines/video.machine.ts'

/** What a person wants of one video, by what was done to it here and elsewhere. */
export interface WantedVideo {
  mediaId: string
  wanted: boolean
  /** The name saved last, unless it was given up. */
  name: string | null
  /** The text in its open editor. */
  draft: string | null
  isRemovedOutside: boolean
  isRenamedOutside: boolean
  /** Also before it was named here, which may have come too late. */
  wasRenamedOutside: boolean
  wasMoved: boolean
  /**
   * The chapter it was moved to; `null` where that can be refused, since another video has its
   * asset.
   */
  movedTo: string | null
  /**
   * A page ended before it had stored what was done here: the server may have heard of it or not.
   */
  isUncertain: boolean
}

export type Intent = ReturnType<typeof createIntent>

/**
 * What was done so far, told by the actions alone; it knows neither the machines nor the answers.
 */
export function createIntent(rows: readonly ShownVideo[]) {
  const videos = new Map<string, WantedVideo>()
  const batches: string[][] = []
  const keep = ({ id, mediaId }: Pick<ShownVideo, 'id' | 'mediaId'>) =>
    videos.set(id, {
      mediaId,
      wanted: true,
      name: null,
      draft: null,
      isRemovedOutside: false,
      isRenamedOutside: false,
      wasRenamedOutside: false,
      wasMoved: false,
      movedTo: null,
      isUncertain: false,
    })
  for (const row of rows) keep(row)

  /** The drafts when the page was stored, of all videos that it had then. */
  let storedDrafts = new Map(rows.map(({ id }) => [id, null as string | null]))
  /** What was done to these since then is more than typing. */
  const changed = new Set<string>()

  const of = (id: string): WantedVideo => {
    const video = videos.get(id)
    if (!video) throw new Error(`A video is shown that nobody added: ${id}`)
    return video
  }

  function moved(id: string, chapterId: string) {
    changed.add(id)
    const { mediaId } = of(id)
    const isOnly = [...videos.values()].filter((one) => one.mediaId === mediaId).length === 1
    Object.assign(of(id), { wasMoved: true, movedTo: isOnly ? chapterId : null })
  }

  /** Named from outside its row: an editor stays open. */
  function renamed(id: string, name: string) {
    changed.add(id)
    Object.assign(of(id), { name, isRenamedOutside: false })
  }

  return {
    videos: videos as ReadonlyMap<string, WantedVideo>,
    /** The ids of each addition, in pick order. */
    batches: batches as readonly (readonly string[])[],
    /** Takes note of rows that somebody else has added. */
    learn(shown: readonly Pick<ShownVideo, 'id' | 'mediaId'>[]) {
      for (const row of shown) if (!videos.has(row.id)) keep(row)
    },
    isShown: true,
    /** The chapter was closed: nothing is shown any more, and nothing may be left in flight. */
    isClosed: false,
    of,
    add(added: readonly ShownVideo[], picked: readonly string[]) {
      // One that was removed may come back beside another video of its asset.
      for (const one of videos.values()) if (picked.includes(one.mediaId)) one.movedTo = null
      for (const row of added) keep(row)
      batches.push(
        picked.map((mediaId) => {
          const row = added.find((one) => one.mediaId === mediaId)
          if (!row) throw new Error(`The pick ${mediaId} is not shown at once`)
          return row.id
        }),
      )
    },
    changedOutside(id: string, change: Partial<WantedVideo>) {
      Object.assign(of(id), change)
    },
    moved,
    renamed,
    /** An operation was undone or done again. */
    applied({ id, field, to }: Operation) {
      changed.add(id)
      if (field === 'place') moved(id, to.chapterId)
      // To take a name back says nothing against one that somebody else gave meanwhile.
      else if (field === 'filename')
        Object.assign(of(id), { name: to, isRenamedOutside: of(id).wasRenamedOutside })
      else Object.assign(of(id), changeBy({ type: to ? 'video.restore' : 'video.remove' }, of(id)))
    },
    opened: (id: string, draft: string) => {
      of(id).draft = draft
    },
    typed: (id: string, draft: string) => {
      of(id).draft = draft
    },
    asked: ({ id }: { id: string }, event: VideoEvent) => {
      const video = of(id)
      if (!leavesNoTrace.has(event.type)) changed.add(id)
      Object.assign(video, changeBy(event, video))
    },
    /** What is in the open editors, by video. */
    listDrafts: () =>
      [...videos].flatMap(([id, { draft }]) => (draft === null ? [] : [[id, draft] as const])),
    /** The page has stored what it knows. */
    stored() {
      storedDrafts = new Map([...videos].map(([id, { draft }]) => [id, draft]))
      changed.clear()
    },
    /** The page has ended, and another one goes on with what was stored. */
    resumed() {
      for (const [id, video] of videos) {
        video.draft = storedDrafts.get(id) ?? null
        if (changed.has(id) || !storedDrafts.has(id)) forget(video)
      }
      this.stored()
    },
    /** Nothing is known of these any more. */
    forget(ids: readonly string[]) {
      for (const id of ids) forget(of(id))
    },
  }
}

/** Events that change nothing of what the server is asked for. */
const leavesNoTrace = new Set<VideoEvent['type']>(['video.edit', 'video.cancel', 'video.retry'])

function forget(video: WantedVideo) {
  Object.assign(video, {
    wanted: true,
    name: null,
    draft: null,
    wasMoved: true,
    movedTo: null,
    isUncertain: true,
  })
}

/** What an event changes in what is wanted. */
function changeBy(
  event: VideoEvent,
  { wanted, isRemovedOutside }: WantedVideo,
): Partial<WantedVideo> {
  switch (event.type) {
    case 'video.remove':
      return { wanted: false }
    case 'video.restore':
      // What was removed elsewhere, too, comes back only if the server is asked for it.
      return { wanted: true, isRemovedOutside: isRemovedOutside && !wanted }
    case 'video.cancel':
      return { draft: null }
    case 'video.rename':
      return { name: event.filename, draft: null, isRenamedOutside: false }
    case 'rename.keepMine':
      return { isRenamedOutside: false }
    case 'rename.discard':
    case 'rename.takeTheirs':
      return { name: null }
    default:
      return {}
  }
}
