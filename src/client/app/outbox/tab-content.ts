import type { QueryClient } from '@tanstack/react-query'
import { computeOnce } from '#client/lib/compute-once.ts'
import { emptyHistory, type History, limitHistory } from '#machines/history.ts'
import { readNameDrafts } from '#ui/name-draft.ts'
import { useNewChapters } from '../../features/chapters/new-chapters.store.ts'
import { usePicker } from '../../features/media/picker.store.ts'
import { readRenameDraft } from '../../features/videos/renaming/rename-draft.ts'
import type { Authoring } from '../../features/videos/videos.actors.ts'
import { readKeptCreations } from '../../lib/creation-id.ts'
import { noGoneNotice, useGoneNotice } from '../change-notice.store.ts'
import { readKeptChanges } from './kept-changes.ts'
import { useOutbox } from './outbox.store.ts'
import type { KeptTab } from './outbox-records.ts'

/** What a tab’s record keeps besides videos. */
export type TabContent = Omit<KeptTab, 'savedAt'>

/** A tab in which nothing was done. */
export const emptyTab: TabContent = {
  history: emptyHistory,
  picks: {},
  changes: { courses: [], chapters: [] },
  newChapters: [],
  names: [],
  creations: [],
  renames: [],
  goneNotice: noGoneNotice,
  texts: [],
}

/** Reads what this tab has to keep now. */
export const readTab = (authoring: Authoring, queryClient: QueryClient): TabContent => ({
  history: readKeptHistory(authoring),
  picks: Object.fromEntries(
    Object.entries(usePicker.getState().chapters).flatMap(([chapterId, { picks }]) =>
      picks.length > 0 ? [[chapterId, [...picks]]] : [],
    ),
  ),
  changes: readKeptChanges(queryClient),
  newChapters: useNewChapters.getState().slots,
  names: readNameDrafts(),
  creations: readKeptCreations(),
  renames: [readRenameDraft(authoring)].filter((rename) => rename !== null),
  goneNotice: useGoneNotice.getState(),
  texts: useOutbox.getState().texts,
})

const limited = new WeakMap<History, History>()

/** Reads what a later page can undo and redo. The same history gives the same object. */
export function readKeptHistory(authoring: Authoring): History {
  const { history } = authoring.getSnapshot().context
  return computeOnce(limited, history, () => limitHistory(history))
}

export const isSameTab = (left: TabContent, right: TabContent) =>
  (left.history === right.history || left.history.count + right.history.count === 0) &&
  isSameJson({ ...left, history: null }, { ...right, history: null })

export const isSameJson = (left: unknown, right: unknown) =>
  JSON.stringify(left) === JSON.stringify(right)
