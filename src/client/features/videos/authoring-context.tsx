import { useSelector } from '@xstate/react'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { ActorRefFrom, SnapshotFrom } from 'xstate'
import type { chapterMachine } from '#machines/chapter.machine.ts'
import { hasVideo, type PendingVideo } from '#machines/pending-videos.ts'
import type { videoMachine } from '#machines/video.machine.ts'
import { shownChapterId } from './fold-videos.ts'
import type { Authoring } from './videos.actors.ts'

export type ChapterActor = ActorRefFrom<typeof chapterMachine>
export type ChapterSnapshot = SnapshotFrom<typeof chapterMachine>
export type VideoActor = ActorRefFrom<typeof videoMachine>
export type VideoSnapshot = SnapshotFrom<typeof videoMachine>

const AuthoringContext = createContext<Authoring | null>(null)

/**
 * Provides the root actor. It is created outside React, and outlives every page.
 */
export const AuthoringProvider = ({
  authoring,
  children,
}: {
  authoring: Authoring
  children: ReactNode
}) => <AuthoringContext value={authoring}>{children}</AuthoringContext>

export function useAuthoring(): Authoring {
  const authoring = useContext(AuthoringContext)
  if (!authoring) throw new Error('Wrap the component in an AuthoringProvider')
  return authoring
}

/** The actors of all chapters that have one. */
export function useChapterActors(): ChapterActor[] {
  const children = useSelector(useAuthoring(), (snapshot) => snapshot.children)
  return useMemo(
    () => Object.values(children).filter((chapter) => chapter !== undefined),
    [children],
  )
}

/**
 * Subscribes to all changes in the given chapters.
 * @param notifyTogether called instead of `notify`, once, after events sent by `sendTogether`
 * @returns a function that unsubscribes
 */
export function subscribeToChapters(
  chapters: readonly ChapterActor[],
  notify: () => void,
  notifyTogether: () => void = notify,
): () => void {
  const handleChange = () => {
    if (batchDepth > 0) waitingListeners.add(notifyTogether)
    else notify()
  }
  const subscriptions = chapters.map((chapter) => chapter.subscribe(handleChange))
  return () => {
    for (const subscription of subscriptions) subscription.unsubscribe()
    waitingListeners.delete(notifyTogether)
  }
}

let batchDepth = 0
const waitingListeners = new Set<() => void>()

/**
 * Sends events that belong together, such as those of 500 videos: subscribers of the chapters are
 * notified once, after all have been sent.
 */
export function sendTogether(send: () => void) {
  batchDepth += 1
  try {
    send()
  } finally {
    batchDepth -= 1
    if (batchDepth === 0) notifyWaiting()
  }
}

function notifyWaiting() {
  const listeners = [...waitingListeners]
  waitingListeners.clear()
  for (const notify of listeners) notify()
}

/** The actors of all chapters that currently have one, for an event handler. */
export const readChapterActors = (authoring: Authoring): ChapterActor[] =>
  Object.values(authoring.getSnapshot().children).filter((chapter) => chapter !== undefined)

/** The videos of all chapter actors, as these know them now. */
export const readPendingVideos = (authoring: Authoring): PendingVideo[] =>
  readChapterActors(authoring).flatMap((chapter) => chapter.getSnapshot().context.videos.list)

/**
 * The chapter actor that owns a video: that of the chapter in which the video was added or first
 * changed, wherever it has been moved since.
 */
export const findOwner = (authoring: Authoring, videoId: string): ChapterActor | undefined =>
  findOwnerAmong(readChapterActors(authoring), videoId)

/** Like `findOwner`, but only among the given chapters. */
export const findOwnerAmong = (
  chapters: readonly ChapterActor[],
  videoId: string,
): ChapterActor | undefined =>
  chapters.find((chapter) => hasVideo(chapter.getSnapshot().context.videos, videoId))

/** The actor of a chapter; `undefined` until something is done in it. */
export const useChapterActor = (chapterId: string): ChapterActor | undefined =>
  useSelector(useAuthoring(), (snapshot) => snapshot.children[chapterId])

/**
 * Stops the actor of a removed chapter, unless it owns a video that is shown in another chapter.
 */
export function closeChapter(authoring: Authoring, chapterId: string) {
  const chapter = authoring.getSnapshot().children[chapterId]
  const videos = chapter?.getSnapshot().context.videos.list ?? []
  const canClose = videos.every((video) => shownChapterId(video) === chapterId)
  if (canClose) authoring.send({ type: 'chapter.close', chapterId })
}
