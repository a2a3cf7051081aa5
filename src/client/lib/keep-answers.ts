import type { Query, QueryClient, QueryPersister } from '@tanstack/react-query'
import { delay } from '#shared/delay.ts'
import {
  type KeptAnswer,
  readAnswer,
  removeAnswer,
  removeAnswers,
  writeAnswers,
} from './answers-database.ts'
import { isGone } from './http.ts'
import { throttleIdle } from './throttle-idle.ts'

/** Throttle for storing answers, and how long it then waits at most for an idle page; in ms. */
const keepDelay = 500
const maxIdleDelay = 1_000

/** How long to wait for a stored answer before asking the server, in ms. */
const maxReadTime = 200

/** How long a stored answer can be shown, in ms. */
const maxAge = 7 * 24 * 60 * 60 * 1_000

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: {
      /** Maps the query's data to what is stored for the next page. If missing, nothing is. */
      keep?: (data: never) => unknown
    }
  }
}

/**
 * Stores the server's answers in the browser, for queries whose `meta` has `keep`. The next page
 * shows them at once and refetches meanwhile, so it opens without waiting for the server, and
 * offline.
 * @param build identifies the build of the page; answers that another build stored are not shown
 * @returns a function that stops storing
 */
export function keepAnswers(queryClient: QueryClient, build: string): () => void {
  const isUsable = (answer: Pick<KeptAnswer, 'build' | 'keptAt'>) =>
    answer.build === build && Date.now() - answer.keptAt < maxAge

  async function read(queryHash: string): Promise<KeptAnswer | undefined> {
    const answer = await readAnswer(queryHash).catch(ignore)
    return answer && isUsable(answer) ? answer : undefined
  }

  const restore: QueryPersister = async (fetch, context, query) => {
    if (query.state.data !== undefined || !query.meta?.keep) return fetch(context)
    const show = (kept: KeptAnswer) => {
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
      fetching.then(() => true, isGone),
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
    const answers = [...changed].map(({ queryHash, meta, state }) => {
      // The `keep` of a query accepts that query's data.
      return { queryHash, build, data: meta?.keep?.(state.data as never), keptAt }
    })
    changed.clear()
    await writeAnswers(answers)
    if (isClean) return
    isClean = true
    // Only after the first write: the page's first reads would have to wait for it.
    await removeAnswers((answer) => !isUsable(answer))
  }
  const writeNow = () => void write().catch(ignore)
  const writeSoon = throttleIdle(writeNow, keepDelay, maxIdleDelay)

  addEventListener('pagehide', writeNow)
  const stop = queryClient.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || !event.query.meta?.keep) return
    const { action, query } = event
    if (action.type === 'success') {
      changed.add(query)
      writeSoon()
    } else if (action.type === 'error' && isGone(action.error)) {
      changed.delete(query)
      void removeAnswer(query.queryHash).catch(ignore)
    }
  })
  return () => {
    removeEventListener('pagehide', writeNow)
    stop()
    writeSoon.cancel()
  }
}

/** If the browser can't store answers, every page starts like the first one. */
const ignore = () => undefined
