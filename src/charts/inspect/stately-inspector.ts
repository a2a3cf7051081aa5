import { createBrowserInspector } from '@statelyai/inspect'
import type { AnyActorRef } from 'xstate'
import { createActorStream } from './actor-stream.ts'
import type { MayTell } from './told.ts'

const address = 'https://stately.ai/inspect'
const windowName = 'xstateinspector'
const connected = '@statelyai.connected'

/** So long the inspector's page may take to load and to answer, in milliseconds. */
const patience = 10_000

export type InspectorAnswer = 'connected' | 'blocked' | 'unreachable'

/**
 * Opens Stately's inspector in a window of its own, and shows it a root's actors for as long as it is open.
 * A browser may block the window unless a person has just pressed something.
 */
export function streamToStately(root: AnyActorRef, mayTell: MayTell): Promise<InspectorAnswer> {
  const opened = window.open('', windowName)
  if (!opened) return Promise.resolve('blocked')
  const inspector = createBrowserInspector({
    ...{ url: address, autoStart: false, serializationDepthLimit: 20 },
    // What is told is plain data already; the inspector's own way cuts off every eleventh property.
    serialize: (event) => event,
  })
  const stream = createActorStream({
    root,
    mayTell,
    receive: (event) => {
      if (opened.closed) stream.stop()
      else inspector.inspect.next?.(event)
    },
  })
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      removeEventListener('message', onMessage)
      stream.stop()
      inspector.stop()
      resolve('unreachable')
    }, patience)
    const onMessage = ({ source, data }: MessageEvent) => {
      if (source !== opened || data?.type !== connected) return
      clearTimeout(timer)
      stream.begin()
      resolve('connected')
    }
    addEventListener('message', onMessage)
    inspector.start()
  })
}
