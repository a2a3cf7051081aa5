import { useSelector } from '@xstate/react'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { ActorRefFrom, SnapshotFrom } from 'xstate'
import type { chapterMachine } from '#machines/chapter.machine.ts'
import type { videoMachine } from '#machines/video.machine.ts'
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

/** The actor of a chapter; `undefined` until something is done in it. */
export const useChapterActor = (chapterId: string): ChapterActor | undefined =>
  useSelector(useAuthoring(), (snapshot) => snapshot.children[chapterId])

/** Stops the processes of a chapter that was removed. */
export function useCloseChapter() {
  const authoring = useAuthoring()
  return (chapterId: string) => authoring.send({ type: 'chapter.close', chapterId })
}
