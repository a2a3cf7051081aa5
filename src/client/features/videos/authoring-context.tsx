import { useSelector } from '@xstate/react'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { ActorRefFrom, SnapshotFrom } from 'xstate'
import type { chapterMachine } from '#machines/chapter.machine.ts'
import type { videoMachine } from '#machines/video.machine.ts'
import { shownChapterId } from './fold-videos.ts'
import type { Authoring } from './videos.actors.ts'

export type ChapterActor = ActorRefFrom<typeof chapterMachine>
export type ChapterSnapshot = SnapshotFrom<typeof chapterMachine>
export type VideoActor = ActorRefFrom<typeof videoMachine>
export type VideoSnapshot = SnapshotFrom<typeof videoMachine>

const AuthoringContext = createContext<Authoring | null>(null)

/**
 * Provides the root of all processes. It is created outside the page, and outlives each of its
 * parts.
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
 * Hears of everything that changes in any of some chapters.
 * @param notifyTogether called once after events that were sent together
 * @returns a function that ends it
 */
export function subscribeToChapters(
  chapters: readonly ChapterActor[],
  notify: () => void,
  notifyTogether: () => void = notify,
): () => void {
  const hear = () => {
    if (depth > 0) waiting.add(notifyTogether)
    else notify()
  }
  const subscriptions = chapters.map((chapter) => chapter.subscribe(hear))
  return () => {
    for (const subscription of subscriptions) subscription.unsubscribe()
    waiting.delete(notifyTogether)
  }
}

let depth = 0
const waiting = new Set<() => void>()

/**
 * Sends events that belong together, such as those of 500 videos: whoever hears of the chapters
 * hears of them once, when all are sent.
 */
export function sendTogether(send: () => void) {
  depth += 1
  try {
    send()
  } finally {
    depth -= 1
    if (depth === 0) tellWaiting()
  }
}

function tellWaiting() {
  const listeners = [...waiting]
  waiting.clear()
  for (const notify of listeners) notify()
}

/** The actors of all chapters that have one now, for an event. */
export const readChapterActors = (authoring: Authoring): ChapterActor[] =>
  Object.values(authoring.getSnapshot().children).filter((chapter) => chapter !== undefined)

/**
 * The chapter whose processes know a video. A video stays with the one that it was added to or
 * first changed in, wherever it is moved.
 */
export const findOwner = (authoring: Authoring, videoId: string): ChapterActor | undefined =>
  findOwnerAmong(readChapterActors(authoring), videoId)

/** The same, among some chapters. */
export const findOwnerAmong = (
  chapters: readonly ChapterActor[],
  videoId: string,
): ChapterActor | undefined =>
  chapters.find((chapter) => videoId in chapter.getSnapshot().context.videos)

/** The actor of a chapter; `undefined` until something is done in it. */
export const useChapterActor = (chapterId: string): ChapterActor | undefined =>
  useSelector(useAuthoring(), (snapshot) => snapshot.children[chapterId])

/**
 * Stops the processes of a chapter that was removed, unless they still have a video to move to
 * another one.
 */
export function closeChapter(authoring: Authoring, chapterId: string) {
  const chapter = authoring.getSnapshot().children[chapterId]
  const videos = Object.values(chapter?.getSnapshot().context.videos ?? {})
  const isLeft = videos.every((video) => shownChapterId(video) === chapterId)
  if (isLeft) authoring.send({ type: 'chapter.close', chapterId })
}
