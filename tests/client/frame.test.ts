import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { framePainted } from '#client/lib/frame.ts'

type Callback = () => void

let paint: Callback[] = []
let becomeHidden: Callback[] = []
let listeners: AbortSignal[] = []
let cancelled: number[] = []

beforeEach(() => {
  paint = []
  becomeHidden = []
  listeners = []
  cancelled = []
  vi.stubGlobal('requestAnimationFrame', (callback: Callback) => paint.push(callback))
  vi.stubGlobal('cancelAnimationFrame', (frame: number) => cancelled.push(frame))
})

afterEach(() => {
  vi.unstubAllGlobals()
})

function stubDocument(visibilityState: 'visible' | 'hidden') {
  const addEventListener = (
    _type: string,
    callback: Callback,
    { signal }: { signal: AbortSignal },
  ) => {
    becomeHidden.push(callback)
    listeners.push(signal)
  }
  vi.stubGlobal('document', { visibilityState, addEventListener })
}

test('resolves in a task after the frame in a visible page', async () => {
  stubDocument('visible')
  const order: string[] = []
  const painted = framePainted().then(() => order.push('resolved'))
  for (const callback of paint) callback()
  order.push('painted')
  await painted
  expect(order).toEqual(['painted', 'resolved'])
  expect(listeners.map(({ aborted }) => aborted)).toEqual([true])
})

test('resolves without a frame in a hidden page', async () => {
  stubDocument('hidden')
  await framePainted()
  expect(paint).toEqual([])
})

test('resolves when the page is hidden before its frame', async () => {
  stubDocument('visible')
  const painted = framePainted()
  for (const callback of becomeHidden) callback()
  await painted
  expect(paint).toHaveLength(1)
})

test('ends with its signal and leaves no frame or listener', async () => {
  stubDocument('visible')
  const controller = new AbortController()
  const painted = framePainted(controller.signal)
  controller.abort()
  await painted
  expect(listeners.map(({ aborted }) => aborted)).toEqual([true])
  expect(cancelled).toEqual([1])
})

test('does not wait if its signal is already aborted', async () => {
  stubDocument('visible')
  await framePainted(AbortSignal.abort())
  expect([paint, listeners]).toEqual([[], []])
})
