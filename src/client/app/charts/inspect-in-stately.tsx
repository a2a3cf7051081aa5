import { createRoot } from 'react-dom/client'
import type { AnyActorRef } from 'xstate'
import { InspectorNotice } from '#charts/inspect/inspector-notice.tsx'
import { streamToStately } from '#charts/inspect/stately-inspector.ts'
import { allowText } from './allow-text.ts'

/** Shows a root's actors in Stately's inspector, or a notice that says why it can't. */
export function inspectInStately(root: AnyActorRef) {
  const notice = createRoot(document.body.appendChild(document.createElement('div')))
  const connect = async () => {
    notice.render(null)
    const result = await streamToStately(root, allowText)
    if (result !== 'connected') {
      notice.render(<InspectorNotice result={result} onRetry={() => void connect()} />)
    }
  }
  void connect()
}
