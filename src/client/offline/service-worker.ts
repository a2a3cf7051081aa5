import { enable as enableNavigationPreload } from 'workbox-navigation-preload'
import { matchPrecache, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { NetworkOnly } from 'workbox-strategies'

// Caches the page and its code, for when the server can't be reached. It does not cache the
// server's answers: queries store those (`lib/keep-answers.ts`).

/** The files of this build, filled in by `scripts/service-worker.ts`. */
declare const __FILES__: { url: string; revision: string | null }[]

const page = '/index.html'

precacheAndRoute(__FILES__, { directoryIndex: '', cleanURLs: false })

// While the server can be reached, it serves the page, so that the page is the newest.
enableNavigationPreload()
registerRoute(
  new NavigationRoute(
    new NetworkOnly({ plugins: [{ handlerDidError: () => matchPrecache(page) }] }),
  ),
)

// In browsers with static routing, requests for data do not wait for this worker to start.
addEventListener('install', (event: Event & { addRoutes?: (routes: object[]) => void }) => {
  event.addRoutes?.(
    ['/api/*', '/media/*'].map((pathname) => ({
      condition: { urlPattern: { pathname } },
      source: 'network',
    })),
  )
})
