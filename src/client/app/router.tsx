import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  notFound,
  type RouterHistory,
} from '@tanstack/react-router'
import type { Chapter } from '#contract/chapters.ts'
import { idSchema } from '#contract/ids.ts'
import { useCollapsed } from '../features/chapters/collapsed.store.ts'
import { courseQuery } from '../features/courses/api/get-course.ts'
import { coursesQuery } from '../features/courses/api/list-courses.ts'
import { videosQuery } from '../features/videos/api/list-videos.ts'
import { ensureData } from '../lib/ensure-data.ts'
import { isGone } from '../lib/http.ts'
import { type LazyComponent, lazyComponent } from '../lib/lazy-component.tsx'
import { parseChartSearch } from './charts/chart-search.ts'
import { Layout } from './layout.tsx'
import { ErrorPage, NotFoundPage, PendingPage } from './pages/fallback-pages.tsx'

// A page's type must not be inferred from its module, which depends on the router's type.
type Page = LazyComponent<object>

const CoursesPage: Page = lazyComponent(() =>
  import('./pages/courses-page.tsx').then(({ CoursesPage }) => CoursesPage),
)
const CoursePage: Page = lazyComponent(() =>
  import('./pages/course-page.tsx').then(({ CoursePage }) => CoursePage),
)
const LibraryPage: Page = lazyComponent(() =>
  import('./pages/library-page.tsx').then(({ LibraryPage }) => LibraryPage),
)
const ChartsPage: Page = lazyComponent(() =>
  import('./pages/charts-page.tsx').then(({ ChartsPage }) => ChartsPage),
)

/** The pages whose code can be preloaded. */
export const pageComponents = [CoursesPage, CoursePage, LibraryPage, ChartsPage]

const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Layout,
})

const coursesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  loader: ({ context }) => ensureData(context.queryClient, coursesQuery),
  component: CoursesPage,
})

const courseRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/courses/$courseId',
  loader: async ({ context, params }) => {
    if (!idSchema.safeParse(params.courseId).success) throw notFound()
    try {
      const course = await ensureData(context.queryClient, courseQuery(params.courseId))
      loadFirstList(context.queryClient, course.chapters)
    } catch (error) {
      throw isGone(error) ? notFound() : error
    }
  },
  component: CoursePage,
})

const libraryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/library',
  component: LibraryPage,
})

const chartsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/charts',
  validateSearch: parseChartSearch,
  component: ChartsPage,
})

export type AppRouter = ReturnType<typeof createAppRouter>

/** Prefetches the list at the top of a course's page while the page renders. */
function loadFirstList(queryClient: QueryClient, chapters: readonly Chapter[]) {
  const { collapsed } = useCollapsed.getState()
  const first = chapters.find(({ id }) => !collapsed[id])
  if (first) void queryClient.prefetchQuery(videosQuery(first.id))
}

/** Creates the router. Tests pass a `history` in memory. */
export const createAppRouter = (queryClient: QueryClient, history?: RouterHistory) =>
  createRouter({
    routeTree: rootRoute.addChildren([coursesRoute, courseRoute, libraryRoute, chartsRoute]),
    basepath: import.meta.env.BASE_URL,
    context: { queryClient },
    ...(history && { history }),
    scrollRestoration: true,
    defaultPreload: 'intent',
    // The query cache decides what is fresh.
    defaultPreloadStaleTime: 0,
    // Responses stored in the browser have mostly been read by then.
    defaultPendingMs: 300,
    // Shows a page as soon as it is ready; by default it would wait for half a second.
    defaultPendingMinMs: 0,
    defaultPendingComponent: PendingPage,
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFoundPage,
  })

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter
  }
}
