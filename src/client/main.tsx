import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { askBeforeLeaving } from './app/ask-before-leaving.ts'
import { shareActors } from './app/charts/share-actors.ts'
import { showLiveChanges } from './app/live/live-changes.ts'
import { keepOutbox } from './app/outbox/keep-outbox.ts'
import { prefetchCode } from './app/prefetch-code.ts'
import { createAppRouter } from './app/router.tsx'
import { applyTheme } from './app/theme.store.ts'
import { keepUploads } from './app/uploads/keep-uploads.ts'
import { startUploads } from './app/uploads/start-uploads.ts'
import { createAuthoring } from './features/videos/videos.actors.ts'
import { isInternalError } from './lib/http.ts'
import { createQueryClient } from './lib/query-client.ts'
import { cacheResponses } from './lib/response-cache.ts'
import './page.css'

const container = document.getElementById('root')
if (!container) throw new Error('index.html must have an element with the id `root`')

applyTheme(document.documentElement)
const queryClient = createQueryClient()
// The name of this file contains a hash of everything it imports, so it identifies the build.
cacheResponses(queryClient, import.meta.url, (id) => outbox.hasWork(id))
const router = createAppRouter(queryClient)
// Loads the route's code and data while the rest starts.
void router
  .load()
  .then(prefetchCode)
  .then(() => showLiveChanges(queryClient))
const authoring = createAuthoring(queryClient)
const uploads = startUploads(queryClient, authoring)
const outbox = keepOutbox(authoring, queryClient, window)
// Restores the rows that wait for a file after the older ones, so that they are listed after them.
void outbox.resumed.then(() => keepUploads(uploads, authoring, window))
shareActors(authoring, queryClient)
askBeforeLeaving(authoring, uploads, queryClient, window)
if (new URLSearchParams(location.search).get('inspect') === 'stately') {
  import('./app/charts/inspect-in-stately.tsx')
    .then(({ inspectInStately }) => inspectInStately(authoring))
    .catch(reportError)
}
createRoot(container, { onCaughtError }).render(
  <StrictMode>
    <App queryClient={queryClient} authoring={authoring} uploads={uploads} router={router} />
  </StrictMode>,
)

/** Also reports an error that an error boundary shows, if it is a bug in Lectern. */
function onCaughtError(error: unknown) {
  if (isInternalError(error)) reportError(error)
}
