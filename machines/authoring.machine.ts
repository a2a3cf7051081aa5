import { enqueueActions, setup } from 'xstate'
import { type ChapterEvent, chapterMachine } from './chapter.machine.ts'

export type AuthoringEvent =
  | { type: 'chapter.dispatch'; chapterId: string; event: ChapterEvent }
  | { type: 'chapter.close'; chapterId: string }

/**
 * The root of all processes. It lives outside the page's tree, so that what a chapter has in flight
 * goes on while another page is shown. A chapter's actor has the chapter's id, and starts with the
 * first event for it.
 */
export const authoringMachine = setup({
  types: {
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
    close: enqueueActions(({ enqueue, event }) => enqueue.stopChild(event.chapterId)),
  },
}).createMachine({
  id: 'authoring',
  description: 'All chapters that something was done in since the page was loaded.',
  initial: 'open',
  states: {
    open: {
      description: 'Chapters come and go.',
      on: {
        'chapter.dispatch': {
          actions: 'dispatch',
          description: 'Something is done in a chapter: it gets its actor, unless it has one.',
        },
        'chapter.close': {
          actions: 'close',
          description: 'A chapter was removed: its actor is stopped, and with it its videos.',
        },
      },
    },
  },
})
