import type { Query, QueryClient, QueryPersister } from '@tanstack/react-query'
import { delay } from '#shared/delay.ts'
import { isGone } from './http.ts'
import {
  type CachedResponse,
  readCachedResponse,
  removeCachedResponse,
  removeCachedResponses,
  writeCachedResponses,
} from './response-database.ts'
import { throttleIdle } from './throttle-idle.ts'

/** Throttle for storing responses, and how long it then waits at most for an idle page; in ms. */
const keepDelay = 500
const maxIdleDelay = 1_000

/** How long to wait for a stored response before asking the server, in ms. */
const maxReadTime = 200

/** How long a stored response can be shown, in ms. */
const maxAge = 7 * 24 * 60 * 60 * 1_000

/** Whether this page has work in a course or a chapter that the server does not have. */
export type HasWork = (id: string) => boolean

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: {
      /** Maps the query's data to what is stored for the next page. If missing, nothing is. */
      keep?: (data: never, hasWork: HasWork) => unknown
      /** Whether the data stays stored although its subject is gone; by default it is deleted. */
      keepsGone?: (data: never, hasWork: HasWork) => boolean
    }
  }
}

/**
 * Stores the server's responses in the browser, for queries whose `meta` has `keep`. The next page
 * shows them at once and refetches meanwhile, so it opens without waiting for the server, and
 * offline.
 * @param build identifies the build of the page; responses that another build stored are not shown
 * @param hasWork is passed to `keep` and `keepsGone`
 * @returns a function that stops storing
 */
export function cacheResponses(
  queryClient: QueryClient,
  build: string,
  hasWork: HasWork = () => false,
): () => void {
  const isUsable = (response: Pick<CachedResponse, 'build' | 'keptAt'>) =>
    response.build === build && Date.now() - response.keptAt < maxAge

  async function read(queryHash: string): Promise<CachedResponse | undefined> {
    const response = await readCachedResponse(queryHash).catch(ignore)
    return response && isUsable(response) ? response : undefined
  }

  const restore: QueryPersister = async (fetch, context, query) => {
    if (query.state.data !== undefined || !query.meta?.keep) return fetch(context)
    const show = (kept: CachedResponse) => {
      // Deferred until this fetch has ended: a query has one fetch at a time.
      setTimeout(() => void query.fetch().catch(ignore))
      return kept.data as Awaited<ReturnType<typeof fetch>>
    }
    const reading = read(query.queryHash)
    const kept = await Promise.race([reading, delay(maxReadTime)])
    if (kept) return show(kept)
    // Too slow: ask the server as well, and use whichever comes first.
    const fetching = Promise.resolve(fetch(context))
    const isFetchUsed = await Promise.race([
      reading.then((found) => !found),
      fetching.then(
        () => true,
        (error) => isGone(error) && !query.meta?.keepsGone,
      ),
    ])
    const late = isFetchUsed ? undefined : await reading
    return late ? show(late) : fetching
  }
  const defaults = queryClient.getDefaultOptions()
  queryClient.setDefaultOptions({
    ...defaults,
    queries: { ...defaults.queries, persister: restore },
  })

  let isClean = false
  const changed = new Set<Query>()
  async function write() {
    if (changed.size === 0) return
    const keptAt = Date.now()
    const gone = [...changed].filter(isOutdated)
    // A query without data that is fetched again meanwhile has nothing to store.
    const kept = [...changed].filter(
      (query) => query.state.data !== undefined && !gone.includes(query),
    )
    const responses = kept.map(({ queryHash, meta, state }) => {
      // The `keep` of a query accepts that query's data.
      return { queryHash, build, data: meta?.keep?.(state.data as never, hasWork), keptAt }
    })
    changed.clear()
    await Promise.all([
      writeCachedResponses(responses),
      ...gone.map(({ queryHash }) => removeCachedResponse(queryHash)),
    ])
    if (isClean) return
    isClean = true
    // Only after the first write: the page's first reads would have to wait for it.
    await removeCachedResponses((response) => !isUsable(response))
  }
  const isOutdated = ({ meta, state }: Query) =>
    isGone(state.error) &&
    (state.data === undefined || !meta?.keepsGone?.(state.data as never, hasWork))
  const writeNow = () => void write().catch(ignore)
  const writeSoon = throttleIdle(writeNow, keepDelay, maxIdleDelay)

  const writeLast = () => {
    // Work may have been started or finished since they were stored.
    for (const query of queryClient.getQueryCache().getAll()) {
      if (query.meta?.keepsGone && query.state.data !== undefined) changed.add(query)
    }
    writeNow()
  }

  addEventListener('pagehide', writeLast)
  const stop = queryClient.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || !event.query.meta?.keep) return
    const { action, query } = event
    if (action.type !== 'success' && !(action.type === 'error' && isGone(action.error))) return
    changed.add(query)
    writeSoon()
  })
  return () => {
    removeEventListener('pagehide', writeLast)
    stop()
    writeSoon.cancel()
  }
}

/** If the browser can't store responses, every page starts like the first one. */
const ignore = () => undefined
