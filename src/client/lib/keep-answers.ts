import type { Query, QueryClient, QueryPersister } from '@tanstack/react-query'
import { delay } from '#shared/delay.ts'
import { throttle } from '#shared/throttle.ts'
import {
  type KeptAnswer,
  readAnswer,
  removeAnswer,
  removeAnswers,
  writeAnswers,
} from './answers-database.ts'
import { isGone } from './http.ts'
import { whenIdle } from './when-idle.ts'

/** How long an answer may take to be kept, in ms: first it waits, then for an idle moment. */
const keepDelay = 500
const maxIdleDelay = 1_000

/** How long the browser may take to find a kept answer before the server is asked, in ms. */
const maxReadTime = 200

/** How long a kept answer is of use, in ms. */
const maxAge = 7 * 24 * 60 * 60 * 1_000

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: {
      /** Makes of the query's data what is kept for the next page; without it, nothing is. */
      keep?: (data: never) => unknown
    }
  }
}

/**
 * Keeps answers of the server in the browser, of queries whose `meta` says how. The next page shows
 * them at once, and asks the server meanwhile: it starts at the speed of the browser, and offline.
 * @param build tells builds of the page apart; what another one keeps is not shown
 * @returns a function that stops keeping what changes
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
      // As soon as this has ended: a query has one fetch at a time.
      setTimeout(() => void query.fetch().catch(ignore))
      return kept.data as Awaited<ReturnType<typeof fetch>>
    }
    const reading = read(query.queryHash)
    const kept = await Promise.race([reading, delay(maxReadTime)])
    if (kept) return show(kept)
    // Now whichever comes first.
    const asking = Promise.resolve(fetch(context))
    const isOver = await Promise.race([
      reading.then((found) => !found),
      asking.then(() => true, isGone),
    ])
    const late = isOver ? undefined : await reading
    return late ? show(late) : asking
  }
  const defaults = queryClient.getDefaultOptions()
  queryClient.setDefaultOptions({
    ...defaults,
    queries: { ...defaults.queries, persister: restore },
  })

  let isClean = false
  const changed = new Set<Query>()
  let stopWaiting = () => {}
  async function write() {
    if (changed.size === 0) return
    const keptAt = Date.now()
    const answers = [...changed].map(({ queryHash, meta, state }) => {
      // Each query's own: it takes what the query has.
      return { queryHash, build, data: meta?.keep?.(state.data as never), keptAt }
    })
    changed.clear()
    await writeAnswers(answers)
    if (isClean) return
    isClean = true
    // Not before: what the page reads first would wait for it.
    await removeAnswers((answer) => !isUsable(answer))
  }
  const writeNow = () => void write().catch(ignore)
  const writeSoon = throttle(() => {
    stopWaiting()
    stopWaiting = whenIdle(writeNow, maxIdleDelay)
  }, keepDelay)

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
    stopWaiting()
  }
}

/** Where the browser keeps nothing, a page starts as the first one did. */
const ignore = () => undefined
