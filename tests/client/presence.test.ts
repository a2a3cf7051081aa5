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
  const hear = (from: string, ...ids: string[]) => usePresence.getState().hear({ page: from, ids })
  const heard = () => usePresence.getState().elsewhere

  test('holds until the page takes it back, or says nothing for too long', () => {
    hear(page, 'a', 'b')
    hear(otherPage, 'b')
    hear(page, 'b')
    expect(heard()).toEqual({ [page]: ['b'], [otherPage]: ['b'] })
    vi.advanceTimersByTime(presenceLifetime - 1)
    hear(page, 'b')
    vi.advanceTimersByTime(1)
    expect(heard()).toEqual({ [page]: ['b'] })
    hear(page)
    expect(heard()).toEqual({})
  })
})

test('the stream goes on after the last change, whatever else came after it', async () => {
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
