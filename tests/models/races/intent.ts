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
}

export type Intent = ReturnType<typeof createIntent>

/**
 * What was done so far, told by the actions alone; it knows neither the machines nor the answers.
 */
export function createIntent(rows: readonly ShownVideo[]) {
  const videos = new Map<string, WantedVideo>()
  const batches: string[][] = []
  const keep = ({ id, mediaId }: ShownVideo) =>
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
    })
  for (const row of rows) keep(row)

  const of = (id: string): WantedVideo => {
    const video = videos.get(id)
    if (!video) throw new Error(`A video is shown that nobody added: ${id}`)
    return video
  }

  function moved(id: string, chapterId: string) {
    const { mediaId } = of(id)
    const isOnly = [...videos.values()].filter((one) => one.mediaId === mediaId).length === 1
    Object.assign(of(id), { wasMoved: true, movedTo: isOnly ? chapterId : null })
  }

  /** Named from outside its row: an editor stays open. */
  function renamed(id: string, name: string) {
    Object.assign(of(id), { name, isRenamedOutside: false })
  }

  return {
    videos: videos as ReadonlyMap<string, WantedVideo>,
    /** The ids of each addition, in pick order. */
    batches: batches as readonly (readonly string[])[],
    /** Takes note of rows that somebody else has added. */
    learn(shown: readonly ShownVideo[]) {
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
      Object.assign(video, changeBy(event, video))
    },
  }
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
