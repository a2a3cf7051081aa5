import { createBrowserInspector } from '@statelyai/inspect'
import type { AnyActorRef } from 'xstate'
import { createActorStream } from './actor-stream.ts'
import type { TextFilter } from './redact.ts'

const url = 'https://stately.ai/inspect'
const windowName = 'xstateinspector'
const connectedType = '@statelyai.connected'

/** How long the inspector's page may take to load and connect, in ms. */
const connectTimeout = 10_000

export type InspectorResult = 'connected' | 'blocked' | 'unreachable'

/**
 * Opens Stately's inspector in its own window and streams a root's actors to it until the window is
 * closed. Browsers may block the window unless the call follows a click.
 */
export function streamToStately(
  root: AnyActorRef,
  allowText: TextFilter,
): Promise<InspectorResult> {
  const opened = window.open('', windowName)
  if (!opened) return Promise.resolve('blocked')
  const inspector = createBrowserInspector({
    url,
    autoStart: false,
    serializationDepthLimit: 20,
    // Redacted events are plain data already, and the inspector's own serializer drops every
    // property after the tenth.
    serialize: (event) => event,
  })
  const stream = createActorStream({
    root,
    allowText,
    onEvent: (event) => {
      if (opened.closed) stop()
      else inspector.inspect.next?.(event)
    },
  })
  const { promise: result, resolve } = Promise.withResolvers<InspectorResult>()
  const timer = setTimeout(() => {
    stop()
    resolve('unreachable')
  }, connectTimeout)

  // The inspector connects again, without any actors, when its page is reloaded.
  function onMessage({ source, data }: MessageEvent) {
    if (source !== opened || data?.type !== connectedType) return
    clearTimeout(timer)
    stream.start()
    resolve('connected')
  }

  function stop() {
    removeEventListener('message', onMessage)
    stream.stop()
    inspector.stop()
  }

  addEventListener('message', onMessage)
  inspector.start()
  return result
}
