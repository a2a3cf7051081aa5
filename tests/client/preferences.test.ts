import { afterEach, describe, expect, test, vi } from 'vitest'
import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { preferences } from '#client/lib/preferences.ts'

afterEach(() => {
  vi.unstubAllGlobals()
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

test('a preference is there for the next page', () => {
  const stored = new Map<string, string>()
  stubStorage({
    getItem: (name) => stored.get(name) ?? null,
    setItem: (name, value) => void stored.set(name, value),
  })
  createStore('kept').getState().setSize(2)
  expect(createStore('kept').getState().size).toBe(2)
})

describe('a storage that', () => {
  test('has no room lasts as long as the page', () => {
    stubStorage({ getItem: () => null, setItem: forbid })
    createStore('full').getState().setSize(2)
    expect(createStore('full').getState().size).toBe(2)
  })

  test('is forbidden lasts as long as the page', () => {
    stubStorage({ getItem: forbid, setItem: forbid })
    createStore('forbidden').getState().setSize(2)
    expect(createStore('forbidden').getState().size).toBe(2)
  })

  test.each(['{', 'null', '{"state":null,"version":0}', '{"state":{"size":"2"},"version":0}'])(
    'holds %s is not believed',
    (text) => {
      stubStorage({ getItem: () => text, setItem: () => {} })
      expect(createStore(`holds ${text}`).getState().size).toBe(1)
    },
  )
})
