import { afterEach, describe, expect, test, vi } from 'vitest'
import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { preferences } from '#client/lib/preferences.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

interface Preference {
  size: number
  setSize: (size: number) => void
}

const createStore = (name: string) =>
  create<Preference>()(
    persist(
      (set) => ({ size: 1, setSize: (size) => set({ size }) }),
      preferences(
        name,
        ({ size }) => ({ size }),
        ({ size }) => typeof size === 'number',
      ),
    ),
  )

function stubStorage(storage: Partial<Storage>) {
  vi.stubGlobal('localStorage', storage)
}

const forbid = () => {
  throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
}

test('a preference is kept for the next page', () => {
  const stored = new Map<string, string>()
  stubStorage({
    getItem: (name) => stored.get(name) ?? null,
    setItem: (name, value) => void stored.set(name, value),
  })
  createStore('kept').getState().setSize(2)
  expect(createStore('kept').getState().size).toBe(2)
})

describe('a preference', () => {
  test('lasts as long as the page if the storage is full', () => {
    stubStorage({ getItem: () => null, setItem: forbid })
    createStore('full').getState().setSize(2)
    expect(createStore('full').getState().size).toBe(2)
  })

  test('lasts as long as the page if the storage is forbidden', () => {
    stubStorage({ getItem: forbid, setItem: forbid })
    createStore('forbidden').getState().setSize(2)
    expect(createStore('forbidden').getState().size).toBe(2)
  })

  test.each(['{', 'null', '{"state":null,"version":0}', '{"state":{"size":"2"},"version":0}'])(
    'is ignored if it is stored as %s',
    (text) => {
      stubStorage({ getItem: () => text, setItem: () => {} })
      expect(createStore(`holds ${text}`).getState().size).toBe(1)
    },
  )
})

/** Changes each preference of the page, and returns its values before and after. */
const stores = {
  async 'the sort order of the library'() {
    const { useMediaList } = await import('#client/features/media/picker.store.ts')
    const { sort: initial, setSort } = useMediaList.getState()
    setSort('longest')
    return [initial, useMediaList.getState().sort]
  },
  async 'the theme'() {
    const { useTheme } = await import('#client/app/theme.store.ts')
    const { theme: initial, setTheme } = useTheme.getState()
    setTheme('dark')
    return [initial, useTheme.getState().theme]
  },
  async 'the collapsed chapters'() {
    const { useCollapsed } = await import('#client/features/chapters/collapsed.store.ts')
    const { collapsed: initial, toggle } = useCollapsed.getState()
    toggle('one')
    return [initial, useCollapsed.getState().collapsed]
  },
}

const changes = {
  'the sort order of the library': ['name', 'longest'],
  'the theme': ['system', 'dark'],
  'the collapsed chapters': [{}, { one: true }],
} satisfies Record<keyof typeof stores, unknown[]>

describe.each(Object.keys(stores) as (keyof typeof stores)[])('%s', (name) => {
  test('can be changed if nothing can be stored', async () => {
    stubStorage({ getItem: forbid, setItem: forbid })
    expect(await stores[name]()).toEqual(changes[name])
  })

  test('ignores what another version stored', async () => {
    const stored = { sort: 'by-colour', theme: 'sepia', collapsed: 'all' }
    const text = JSON.stringify({ state: stored, version: 0 })
    stubStorage({ getItem: () => text, setItem: () => {} })
    expect(await stores[name]()).toEqual(changes[name])
  })
})
