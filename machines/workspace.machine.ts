import { enqueueActions, setup } from 'xstate'
import { chapterMachine } from './chapter.machine.ts'

export type WorkspaceEvent =
  | { type: 'chapter.open'; chapterId: string }
  | { type: 'chapter.close'; chapterId: string }

/**
 * The root of all processes. It lives outside the page's tree, so that what a chapter has under way
 * goes on while another page is shown. A chapter's actor has the chapter's id.
 */
export const workspaceMachine = setup({
  types: {
    events: {} as WorkspaceEvent,
    children: {} as Record<string, 'chapter'>,
  },
  actors: { chapter: chapterMachine },
  actions: {
    openChapter: enqueueActions(({ enqueue, event, self }) => {
      if (self.getSnapshot().children[event.chapterId]) return
      enqueue.spawnChild('chapter', {
        id: event.chapterId,
        input: { chapterId: event.chapterId },
      })
    }),
    closeChapter: enqueueActions(({ enqueue, event }) => enqueue.stopChild(event.chapterId)),
  },
}).createMachine({
  id: 'workspace',
  description: 'All chapters that were opened since the page was loaded.',
  initial: 'open',
  states: {
    open: {
      description: 'Chapters come and go.',
      on: {
        'chapter.open': {
          actions: 'openChapter',
          description: 'A chapter is shown: it gets its actor, unless it has one.',
        },
        'chapter.close': {
          actions: 'closeChapter',
          description: 'A chapter was removed: its actor is stopped, and with it its videos.',
        },
      },
    },
  },
})
