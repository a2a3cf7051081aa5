import { enable as enableNavigationPreload } from 'workbox-navigation-preload'
import { matchPrecache, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { NetworkOnly } from 'workbox-strategies'

// Keeps the page and its code, for when there is no server. What the server answers is not its
// business: queries keep that (`lib/keep-answers.ts`).

/** The files of this build, filled in by `scripts/service-worker.ts`. */
declare const __FILES__: { url: string; revision: string | null }[]

const page = '/index.html'

precacheAndRoute(__FILES__, { directoryIndex: '', cleanURLs: false })

// While there is a server, the page is its newest one.
enableNavigationPreload()
registerRoute(
  new NavigationRoute(
    new NetworkOnly({ plugins: [{ handlerDidError: () => matchPrecache(page) }] }),
  ),
)

// Where the browser knows how, requests for data do not wait for this worker to start.
addEventListener('install', (event: Event & { addRoutes?: (routes: object[]) => void }) => {
  event.addRoutes?.(
    ['/api/*', '/media/*'].map((pathname) => ({
      condition: { urlPattern: { pathname } },
      source: 'network',
    })),
  )
})
