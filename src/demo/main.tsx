import { setupWorker } from 'msw/browser'
import { createRoot } from 'react-dom/client'
import { removeCachedResponses } from '#client/lib/response-database.ts'
import { createServerHandlers } from './mock-handlers.ts'
import { useNetwork } from './network.store.ts'
import { drawFault, withNetwork } from './network.ts'
import { NetworkPanel } from './network-panel.tsx'
import { startServer } from './server.ts'
import './demo.css'

const base = import.meta.env.BASE_URL

if ('serviceWorker' in navigator) {
  showMessage('Starting the demo, with its server and database in this page…')
  await start().catch((error) => {
    showMessage(
      'The demo failed to start. Reload the page. If that doesn’t help, clear its site data.',
    )
    throw error
  })
} else {
  showMessage(
    'The demo needs a service worker, which browsers allow only on https:// and localhost. Open it there.',
  )
}

async function start() {
  const readSettings = useNetwork.getState
  const { app, reset } = await startServer(() => drawFault(readSettings()))
  await setupWorker(...createServerHandlers(withNetwork(app, readSettings), base)).start({
    serviceWorker: { url: `${base}mockServiceWorker.js`, options: { scope: base } },
    onUnhandledRequest: 'bypass',
    quiet: true,
  })
  dispatchConnectionEvents()
  await import('#client/main.tsx')
  showPanel(async () => {
    await reset()
    // Otherwise, the next page would start with a course that no longer exists.
    await removeCachedResponses(() => true).catch(() => {})
    location.assign(base)
  })
}

/** Dispatches the events of a browser whose connection is lost or comes back. */
function dispatchConnectionEvents() {
  useNetwork.subscribe((current, previous) => {
    if (current.isOffline === previous.isOffline) return
    dispatchEvent(new Event(current.isOffline ? 'offline' : 'online'))
  })
}

function showPanel(startOver: () => Promise<void>) {
  const container = document.body.appendChild(document.createElement('div'))
  createRoot(container).render(<NetworkPanel onStartOver={startOver} />)
}

function showMessage(text: string) {
  const paragraph = document.createElement('p')
  paragraph.role = 'status'
  paragraph.className = 'demo-message'
  paragraph.textContent = text
  document.getElementById('root')?.replaceChildren(paragraph)
}
