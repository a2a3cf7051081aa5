import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSelector } from '@xstate/react'
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useMemo,
  useSyncExternalStore,
} from 'react'
import type { ActorRefFrom, SnapshotFrom } from 'xstate'
import type { MediaPick, Video } from '#contract/videos.ts'
import type { chapterMachine } from '#machines/chapter.machine.ts'
import type { LinkStatus, VideoEvent, videoMachine } from '#machines/video.machine.ts'
import { type VideoList, videosQuery } from './api/list-videos.ts'
import { foldVideos, type PendingVideo, type ShownVideo } from './fold-videos.ts'
import type { Workspace } from './videos.actors.ts'

export type ChapterActor = ActorRefFrom<typeof chapterMachine>
export type ChapterSnapshot = SnapshotFrom<typeof chapterMachine>
export type VideoActor = ActorRefFrom<typeof videoMachine>
export type VideoSnapshot = SnapshotFrom<typeof videoMachine>

const WorkspaceContext = createContext<Workspace | null>(null)

/** Hands the root of all processes to the page. It is made outside of it, and outlives each of its parts. */
export const WorkspaceProvider = ({
  workspace,
  children,
}: {
  workspace: Workspace
  children: ReactNode
}) => <WorkspaceContext value={workspace}>{children}</WorkspaceContext>

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext)
  if (!workspace) throw new Error('Put the component into a WorkspaceProvider')
  return workspace
}

/** The actor of a chapter, which gets one when it is first asked for. */
export function useChapter(chapterId: string): ChapterActor {
  const workspace = useWorkspace()
  return useMemo(() => openChapter(workspace, chapterId), [workspace, chapterId])
}

/**
 * The actors of all chapters that have one. A chapter gets its actor while a page renders, when no
 * other component may change, so the word of it comes right after.
 */
export function useOpenChapters(): ChapterActor[] {
  const workspace = useWorkspace()
  const subscribe = useCallback(
    (changed: () => void) => {
      const subscription = workspace.subscribe(() => queueMicrotask(changed))
      return () => subscription.unsubscribe()
    },
    [workspace],
  )
  const chapters = useSyncExternalStore(subscribe, () => workspace.getSnapshot().children)
  return Object.values(chapters).filter((chapter) => chapter !== undefined)
}

/** What a chapter shows: the server's rows and the actors' knowledge, folded. */
export function useShownVideos(chapterId: string) {
  const snapshot = useSelector(useChapter(chapterId), (chapter) => chapter)
  const query = useQuery(videosQuery(chapterId))
  return { videos: foldOnce(query.data, snapshot), query, snapshot }
}

const folds = new WeakMap<ChapterSnapshot, { list: VideoList | undefined; videos: ShownVideo[] }>()

/** Several parts of the page show the same fold. */
function foldOnce(list: VideoList | undefined, snapshot: ChapterSnapshot): ShownVideo[] {
  const known = folds.get(snapshot)
  if (known && known.list === list) return known.videos
  const videos = foldVideos(list, pendingVideosOf(snapshot))
  folds.set(snapshot, { list, videos })
  return videos
}

/** Asks something of a video; a row of the server's gets its actor by that. */
export function useVideoCommand(chapterId: string) {
  const chapter = useChapter(chapterId)
  return useCallback(
    (video: Video, command: VideoEvent) => chapter.send({ type: 'video.act', video, command }),
    [chapter],
  )
}

/** Adds picks to the end of a chapter, in the order they are given. */
export function useAddVideos(chapterId: string) {
  const chapter = useChapter(chapterId)
  const queryClient = useQueryClient()
  return useCallback(
    (picks: MediaPick[]) => {
      const after = lastPosition(queryClient, chapter, chapterId)
      chapter.send({ type: 'videos.add', picks, after })
    },
    [chapter, chapterId, queryClient],
  )
}

/** Which assets the chapter has already, linked or on their way: `ids` is `undefined` until its list has come. */
export function useLinkedMedia(chapterId: string) {
  const { videos, query } = useShownVideos(chapterId)
  const ids = useMemo(() => new Set(videos.map(({ mediaId }) => mediaId)), [videos])
  return { ids: query.data && ids, query }
}

/** Forgets the processes of a chapter that was removed. */
export function useCloseChapter() {
  const workspace = useWorkspace()
  return (chapterId: string) => workspace.send({ type: 'chapter.close', chapterId })
}

/** The actors of a chapter's videos. Beside them a chapter has one child of its own, which waits for a frame. */
export function videosIn(children: ChapterSnapshot['children']): VideoActor[] {
  return Object.entries(children).flatMap(([id, actor]) =>
    // The machine's types can't tell the one child with a fixed id from the many with a UUID.
    id === 'framePainted' || !actor ? [] : [actor as VideoActor],
  )
}

/** What a video's actor contributes to the fold. */
export function pendingVideoOf(snapshot: VideoSnapshot): PendingVideo {
  const { id, chapterId, mediaId, filename, position, version, durationSeconds } = snapshot.context
  const { revision, confirmedAt, pendingFilename } = snapshot.context
  return {
    ...{ id, chapterId, mediaId, filename, position, version, durationSeconds },
    ...{ revision, confirmedAt, pendingFilename },
    status: statusOf(snapshot),
    holdsText: pendingFilename !== null || snapshot.hasTag('editing'),
  }
}

/** What a chapter's processes contribute to the fold. */
export function pendingVideosOf({ context, children }: ChapterSnapshot) {
  const placed = context.placed.map(
    (video): PendingVideo => ({
      ...video,
      status: 'optimistic',
      confirmedAt: 0,
      pendingFilename: null,
      holdsText: false,
    }),
  )
  const acting = videosIn(children).map((actor) => pendingVideoOf(actor.getSnapshot()))
  return [...placed, ...acting]
}

const linkStatuses = Object.keys({
  optimistic: true,
  linking: true,
  linked: true,
  failed: true,
} satisfies Record<LinkStatus, true>) as LinkStatus[]

function statusOf(snapshot: VideoSnapshot): LinkStatus | 'removed' {
  return linkStatuses.find((status) => snapshot.hasTag(status)) ?? 'removed'
}

/** The actor of a chapter, which gets one when it is first asked for. */
export function openChapter(workspace: Workspace, chapterId: string): ChapterActor {
  workspace.send({ type: 'chapter.open', chapterId })
  const chapter = workspace.getSnapshot().children[chapterId]
  if (!chapter) throw new Error(`The workspace has no chapter ${chapterId}`)
  return chapter
}

/** The place of a chapter's last video, as it is shown. */
export function lastPosition(queryClient: QueryClient, chapter: ChapterActor, chapterId: string) {
  const list = queryClient.getQueryData(videosQuery(chapterId).queryKey)
  const videos = foldVideos(list, pendingVideosOf(chapter.getSnapshot()))
  return videos.at(-1)?.position ?? null
}
