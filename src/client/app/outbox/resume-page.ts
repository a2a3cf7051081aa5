import type { QueryClient } from '@tanstack/react-query'
import { readNameDrafts, resumeNameDrafts } from '#ui/name-draft.ts'
import { useNewChapters } from '../../features/chapters/new-chapters.store.ts'
import { usePicker } from '../../features/media/picker.store.ts'
import { keepClosed } from '../../features/videos/closed-chapters.ts'
import type { KeptVideo } from '../../features/videos/kept-video-schema.ts'
import { resumeRenameDraft } from '../../features/videos/renaming/rename-draft.ts'
import { resumeVideos } from '../../features/videos/resume-videos.ts'
import type { Authoring } from '../../features/videos/videos.actors.ts'
import { resumeAttempt } from '../../lib/creation-id.ts'
import { useGoneNotice } from '../change-notice.store.ts'
import { resumeChanges } from './kept-changes.ts'
import { useOutbox } from './outbox.store.ts'
import type { Resumable } from './outbox-records.ts'

/** Shows what earlier pages stored, and resumes their work. */
export function resumePage(
  authoring: Authoring,
  queryClient: QueryClient,
  { videos, tab }: Resumable,
) {
  if (tab.history.count > 0) {
    // A dismissed notice stays dismissed, if nothing has been done on this page yet.
    if (authoring.getSnapshot().context.history.count === 0) useGoneNotice.setState(tab.goneNotice)
    authoring.send({ type: 'history.resume', history: tab.history })
  }
  const isClosed = ({ closedWith }: KeptVideo) => closedWith !== undefined
  keepClosed(authoring, videos.filter(isClosed))
  const names = resumeVideos(
    authoring,
    videos.filter((video) => !isClosed(video)),
  )
  useNewChapters.setState(({ slots }) => ({ slots: [...tab.newChapters, ...slots] }))
  const titles = resumeNameDrafts(tab.names)
  resumeCreations(tab)
  // After the titles: a chapter that is still being created belongs to the field with its title.
  resumeChanges(queryClient, tab.changes, authoring)
  const lists = tab.renames.flatMap((rename) =>
    resumeRenameDraft(authoring, rename) ? [] : rename.values.names.split('\n'),
  )
  const unrestored = [...tab.texts, ...names, ...titles, ...lists.filter((name) => name !== '')]
  useOutbox.setState(({ texts }) => ({ texts: [...texts, ...unrestored] }))
  const picked = Object.entries(tab.picks).map(([chapterId, picks]) => {
    const selectedKeys = new Set(picks.map(({ mediaId }) => mediaId))
    return [chapterId, { picks, selectedKeys }] as const
  })
  usePicker.setState(({ chapters }) => {
    const own = Object.entries(chapters).filter(([, { picks }]) => picks.length > 0)
    return { chapters: { ...chapters, ...Object.fromEntries([...picked, ...own]) } }
  })
}

/** Another text in a field, typed on this page, is not a correction of what was sent from it. */
function resumeCreations({ creations, names }: Resumable['tab']) {
  const shown = new Map(readNameDrafts().map(({ key, text }) => [key, text]))
  const restored = names.filter(({ key, text }) => shown.get(key) === text).map(({ key }) => key)
  for (const creation of creations) {
    if (restored.includes(creation.field)) resumeAttempt(creation)
  }
}
