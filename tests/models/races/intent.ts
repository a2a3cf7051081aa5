import type { ShownVideo } from '#client/features/videos/fold-videos.ts'
import type { Operation } from '#machines/history.ts'
import type { VideoEvent } from '#machines/video.machine.ts'

/** The expected state of a video. */
export interface WantedVideo {
  mediaId: string
  wanted: boolean
  /** The last saved name, unless it was discarded. */
  name: string | null
  /** The text in its open editor. */
  draft: string | null
  isRemovedOutside: boolean
  isRenamedOutside: boolean
  /** Whether others have ever renamed it, even before the last rename here. */
  wasRenamedOutside: boolean
  wasMoved: boolean
  /**
   * The chapter it was moved to; `null` if the move may be refused because another video has its
   * asset.
   */
  movedTo: string | null
  /** A page ended before it stored the last change; the server may or may not have it. */
  isUncertain: boolean
}

/** What an added video waits for: another video of its asset that is leaving the chapter. */
interface Wait {
  blocker: string
  chapterId: string
}

export type Intent = ReturnType<typeof createIntent>

/** The expected state, derived from the actions alone, without the machines or the responses. */
export function createIntent(rows: readonly ShownVideo[]) {
  const videos = new Map<string, WantedVideo>()
  const batches: string[][] = []
  const waits = new Map<string, Wait>()
  const track = ({ id, mediaId }: Pick<ShownVideo, 'id' | 'mediaId'>) =>
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
  for (const row of rows) track(row)

  /** The drafts of all videos when the page was last stored. */
  let storedDrafts = new Map(rows.map(({ id }) => [id, null as string | null]))
  /** The videos that have changed since then, other than by typing. */
  const changed = new Set<string>()

  const getVideo = (id: string): WantedVideo => {
    const video = videos.get(id)
    if (!video) throw new Error(`The page shows a video that nobody added: ${id}`)
    return video
  }

  function move(id: string, chapterId: string) {
    changed.add(id)
    const { mediaId } = getVideo(id)
    const isOnly = [...videos.values()].filter((video) => video.mediaId === mediaId).length === 1
    Object.assign(getVideo(id), { wasMoved: true, movedTo: isOnly ? chapterId : null })
  }

  /** Renames a video from outside its row; an open editor stays open. */
  function rename(id: string, name: string) {
    changed.add(id)
    Object.assign(getVideo(id), { name, isRenamedOutside: false })
  }

  /** The page stores its records. */
  function store() {
    storedDrafts = new Map([...videos].map(([id, { draft }]) => [id, draft]))
    changed.clear()
  }

  return {
    videos: videos as ReadonlyMap<string, WantedVideo>,
    /** The ids of each addition, in pick order. */
    batches: batches as readonly (readonly string[])[],
    /** Tracks rows that someone else has added. */
    trackRows(shown: readonly Pick<ShownVideo, 'id' | 'mediaId'>[]) {
      for (const row of shown) if (!videos.has(row.id)) track(row)
    },
    isShown: true,
    /** The chapter was closed: nothing is shown any longer, and nothing may stay in flight. */
    isClosed: false,
    getVideo,
    add(added: readonly ShownVideo[], picked: readonly string[]) {
      // A removed video may be restored next to another video of the same asset.
      for (const video of videos.values()) {
        if (picked.includes(video.mediaId)) video.movedTo = null
      }
      for (const row of added) track(row)
      batches.push(
        picked.map((mediaId) => {
          const row = added.find((candidate) => candidate.mediaId === mediaId)
          if (!row) throw new Error(`The pick ${mediaId} is not shown immediately`)
          return row.id
        }),
      )
    },
    /** The added videos that may not be linked yet. */
    waits: waits as ReadonlyMap<string, Wait>,
    wait: (id: string, wait: Wait) => void waits.set(id, wait),
    stopWaiting: (id: string) => void waits.delete(id),
    changeOutside(id: string, change: Partial<WantedVideo>) {
      Object.assign(getVideo(id), change)
    },
    move,
    rename,
    /** Undoes or redoes an operation. */
    apply({ id, field, to }: Operation) {
      changed.add(id)
      const video = getVideo(id)
      if (field === 'place') move(id, to.chapterId)
      // Undoing a rename does not override someone else's.
      else if (field === 'filename') {
        Object.assign(video, { name: to, isRenamedOutside: video.wasRenamedOutside })
      } else {
        const type = to ? 'video.restore' : 'video.remove'
        Object.assign(video, computeChange({ type }, video))
      }
    },
    setDraft(id: string, draft: string) {
      getVideo(id).draft = draft
    },
    dispatch({ id }: { id: string }, event: VideoEvent) {
      const video = getVideo(id)
      if (!localEvents.has(event.type)) changed.add(id)
      Object.assign(video, computeChange(event, video))
    },
    /** The text in the open editors, by video. */
    listDrafts: () =>
      [...videos].flatMap(([id, { draft }]) => (draft === null ? [] : [[id, draft] as const])),
    store,
    /** The page ends, and another one resumes the stored records. */
    resume() {
      for (const [id, video] of videos) {
        video.draft = storedDrafts.get(id) ?? null
        if (changed.has(id) || !storedDrafts.has(id)) forget(video)
      }
      store()
    },
    /** Expects nothing more of these videos. */
    forget(ids: readonly string[]) {
      for (const id of ids) forget(getVideo(id))
    },
  }
}

/** Events that do not change what is requested from the server. */
const localEvents = new Set<VideoEvent['type']>(['video.edit', 'video.cancel', 'video.retry'])

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

/** Computes what an event changes in the expected state. */
function computeChange(
  event: VideoEvent,
  { wanted, isRemovedOutside }: WantedVideo,
): Partial<WantedVideo> {
  switch (event.type) {
    case 'video.remove':
      return { wanted: false }
    case 'video.restore':
      // A video that was also removed elsewhere is restored only by a request to the server.
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
