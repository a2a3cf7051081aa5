import { createRoot } from 'react-dom/client'
import { InspectorNotice } from '#charts/inspect/inspector-notice.tsx'
import { streamToStately } from '#charts/inspect/stately-inspector.ts'
import type { Workspace } from '../../features/videos/videos.actors.ts'
import { mayTell } from './may-tell.ts'

/** Shows the workspace's actors in Stately's inspector, or says why it can't. */
export function inspectInStately(workspace: Workspace) {
  const notice = createRoot(document.body.appendChild(document.createElement('div')))
  const attempt = async () => {
    notice.render(null)
    const answer = await streamToStately(workspace, mayTell)
    if (answer !== 'connected') {
      notice.render(<InspectorNotice answer={answer} onRetry={() => void attempt()} />)
    }
  }
  void attempt()
}
