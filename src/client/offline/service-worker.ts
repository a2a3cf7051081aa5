import { enable as enableNavigationPreload } from 'workbox-navigation-preload'
import { addPlugins, matchPrecache, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { NetworkOnly } from 'workbox-strategies'

// Caches the page and its code, for when the server can't be reached. It does not cache the
// server's responses: queries store those (`lib/response-cache.ts`).

/** The files of this build, filled in by `scripts/service-worker.ts`. */
declare const __FILES__: { url: string; revision: string | null }[]

const page = '/index.html'

// A proxy may redirect to its sign-in page, which would then be taken for Lectern's code. Without
// one of its files, this worker is not installed; the next visit tries again.
addPlugins([
  {
    fetchDidSucceed: async ({ event, response }) => {
      if (event.type === 'install' && response.redirected) {
        throw new Error(`Redirected to ${response.url}`)
      }
      return response
    },
  },
])
precacheAndRoute(__FILES__, { directoryIndex: '', cleanURLs: false })

// While the server can be reached, it serves the page, so that the page is the newest. A proxy
// responds in place of a server that is down, with a status such as 502.
enableNavigationPreload()
registerRoute(
  new NavigationRoute(
    new NetworkOnly({
      networkTimeoutSeconds: 10,
      plugins: [
        {
          handlerDidError: () => matchPrecache(page),
          handlerWillRespond: async ({ response }) =>
            response.status < 500 ? response : ((await matchPrecache(page)) ?? response),
        },
      ],
    }),
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
