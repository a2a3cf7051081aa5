import { setupWorker } from 'msw/browser'
import { createRoot } from 'react-dom/client'
import { serverHandlers } from './mock-handlers.ts'
import { useNetwork } from './network.store.ts'
import { drawFate, throughNetwork } from './network.ts'
import { NetworkPanel } from './network-panel.tsx'
import { startServer } from './server.ts'
import './demo.css'

const base = import.meta.env.BASE_URL

if ('serviceWorker' in navigator) {
  say('Starting the demo: its server and its database are put into this page …')
  await start().catch((error) => {
    say(
      'The demo could not start. Load the page again; if that does not help, clear its site data.',
    )
    throw error
  })
} else {
  say(
    'This demo runs its server in a service worker, which browsers allow at https:// and at localhost only. Open it there.',
  )
}

async function start() {
  const read = useNetwork.getState
  const { app, startOver } = await startServer({ fateOf: () => drawFate(read()) })
  await setupWorker(...serverHandlers(throughNetwork(app, read), base)).start({
    serviceWorker: { url: `${base}mockServiceWorker.js`, options: { scope: base } },
    onUnhandledRequest: 'bypass',
    quiet: true,
  })
  tellOfConnection()
  await import('#client/main.tsx')
  showPanel(async () => {
    await startOver()
    location.assign(base)
  })
}

// As the browser does when its connection goes and comes.
function tellOfConnection() {
  useNetwork.subscribe((now, before) => {
    if (now.isOffline === before.isOffline) return
    dispatchEvent(new Event(now.isOffline ? 'offline' : 'online'))
  })
}

function showPanel(startOver: () => Promise<void>) {
  const place = document.body.appendChild(document.createElement('div'))
  createRoot(place).render(<NetworkPanel onStartOver={startOver} />)
}

function say(words: string) {
  const paragraph = document.createElement('p')
  paragraph.role = 'status'
  paragraph.className = 'demo-words'
  paragraph.textContent = words
  document.getElementById('root')?.replaceChildren(paragraph)
}
