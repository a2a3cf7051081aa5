import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { followInOneTab } from '#client/lib/live/live-tabs.ts'
import { usePresence } from '#client/lib/live/presence.store.ts'
import { presenceLifetime } from '#contract/presence.ts'
import { fakeServer } from './fake-server.ts'

const pages = ['01900000-0000-7000-8000-0000000000f1', '01900000-0000-7000-8000-0000000000f2']
const [page = '', otherPage = ''] = pages

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('what is being renamed on other pages', () => {
  const receive = (from: string, ...ids: string[]) =>
    usePresence.getState().receive({ page: from, ids })
  const readElsewhere = () => usePresence.getState().elsewhere

  test('stays until the page withdraws it or is silent for too long', () => {
    receive(page, 'a', 'b')
    receive(otherPage, 'b')
    receive(page, 'b')
    expect(readElsewhere()).toEqual({ [page]: ['b'], [otherPage]: ['b'] })
    vi.advanceTimersByTime(presenceLifetime - 1)
    receive(page, 'b')
    vi.advanceTimersByTime(1)
    expect(readElsewhere()).toEqual({ [page]: ['b'] })
    receive(page)
    expect(readElsewhere()).toEqual({})
  })
})

test('the stream resumes after the last change, whatever else followed it', async () => {
  vi.stubGlobal('addEventListener', () => {})
  vi.stubGlobal('navigator', {})
  const text = [
    'event: start\ndata: {"sequence":7}\n\n',
    `event: editing\ndata: {"page":"${page}","ids":[]}\n\n`,
  ]
  const stopping = new AbortController()
  const { sent } = fakeServer(new Response(text.join('')), () => {
    stopping.abort()
    return new Response('')
  })
  followInOneTab({ readFirst: () => undefined, onEvents: () => {}, signal: stopping.signal })
  await vi.advanceTimersByTimeAsync(5_000)
  expect(sent.map(({ address }) => address)).toEqual(['/api/events', '/api/events?after=7'])
})
