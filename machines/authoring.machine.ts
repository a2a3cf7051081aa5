import { assign, enqueueActions, setup } from 'xstate'
import { type ChapterEvent, chapterMachine } from './chapter.machine.ts'
import {
  advanceHistory,
  type Direction,
  dropChange,
  type History,
  type NewChange,
  type Obstacle,
  recordChange,
  refuseChange,
  resumeHistory,
} from './history.ts'

export interface AuthoringContext {
  history: History
}

export type AuthoringEvent =
  | { type: 'chapter.dispatch'; chapterId: string; event: ChapterEvent }
  | { type: 'chapter.close'; chapterId: string }
  | { type: 'asset.ready'; mediaId: string }
  | { type: 'blocker.cleared'; id: string }
  | { type: 'change.made'; change: NewChange }
  | { type: 'change.refused'; number: number }
  | { type: 'history.resume'; history: History }
  | { type: 'change.applied'; direction: Direction }
  | { type: 'change.dropped'; direction: Direction; obstacle: Obstacle }

/**
 * The root actor. It lives outside the component tree, so a chapter's requests continue while
 * another page is shown. Each chapter actor has the chapter's id and is spawned on its first event.
 * The root also keeps the undo history: callers report here every change they make, undo or redo.
 */
export const authoringMachine = setup({
  types: {
    context: {} as AuthoringContext,
    events: {} as AuthoringEvent,
    children: {} as Record<string, 'chapter'>,
  },
  actors: { chapter: chapterMachine },
  actions: {
    dispatch: enqueueActions(({ enqueue, event, self }) => {
      if (event.type !== 'chapter.dispatch') return
      const { chapterId } = event
      if (!self.getSnapshot().children[chapterId]) {
        enqueue.spawnChild('chapter', { id: chapterId, input: { chapterId } })
      }
      enqueue.sendTo(chapterId, event.event)
    }),
    close: enqueueActions(({ enqueue, event }) => {
      if (event.type === 'chapter.close') enqueue.stopChild(event.chapterId)
    }),
    passToChapters: enqueueActions(({ enqueue, event, self }) => {
      if (event.type !== 'asset.ready' && event.type !== 'blocker.cleared') return
      for (const id of Object.keys(self.getSnapshot().children)) enqueue.sendTo(id, event)
    }),
    recordChange: assign(({ context, event }) =>
      event.type === 'change.made' ? { history: recordChange(context.history, event.change) } : {},
    ),
    resumeHistory: assign(({ context, event }) =>
      event.type === 'history.resume'
        ? { history: resumeHistory(context.history, event.history) }
        : {},
    ),
    refuseChange: assign(({ context, event }) =>
      event.type === 'change.refused'
        ? { history: refuseChange(context.history, event.number) }
        : {},
    ),
    advanceHistory: assign(({ context, event }) =>
      event.type === 'change.applied'
        ? { history: advanceHistory(context.history, event.direction) }
        : {},
    ),
    dropChange: assign(({ context, event }) =>
      event.type === 'change.dropped'
        ? { history: dropChange(context.history, event.direction, event.obstacle) }
        : {},
    ),
  },
}).createMachine({
  id: 'authoring',
  description: 'All chapters that were acted on since the page was loaded.',
  context: { history: { past: [], future: [], count: 0, latest: null } },
  initial: 'open',
  states: {
    open: {
      description: 'Chapters come and go.',
      on: {
        'chapter.dispatch': {
          actions: 'dispatch',
          description: 'Something is done in a chapter, which gets an actor unless it has one.',
        },
        'chapter.close': {
          actions: 'close',
          description: 'A chapter was removed: its actor is stopped, along with its videos.',
        },
        'asset.ready': {
          actions: 'passToChapters',
          description: 'A file is in the library: the waiting chapters are notified.',
        },
        'blocker.cleared': {
          actions: 'passToChapters',
          description: 'A video has left its chapter, or stays: its asset can be linked again.',
        },
        'change.made': {
          actions: 'recordChange',
          description: 'A person changed something, which can be undone from now on.',
        },
        'change.refused': {
          actions: 'refuseChange',
          description: 'The server refused a change as a whole: there is nothing to undo.',
        },
        'history.resume': {
          actions: 'resumeHistory',
          description: 'The changes of an earlier visit can be undone and redone on this page.',
        },
        'change.applied': {
          actions: 'advanceHistory',
          description: 'The last change was undone, or the next one redone.',
        },
        'change.dropped': {
          actions: 'dropChange',
          description: 'Someone else changed the same thing: it can no longer be undone or redone.',
        },
      },
    },
  },
})
