import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { framePainted } from '#client/lib/frame.ts'

type Callback = () => void

let paint: Callback[] = []
let becomeHidden: Callback[] = []
let listening: AbortSignal[] = []

beforeEach(() => {
  paint = []
  becomeHidden = []
  listening = []
  vi.stubGlobal('requestAnimationFrame', (callback: Callback) => paint.push(callback))
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
    listening.push(signal)
  }
  vi.stubGlobal('document', { visibilityState, addEventListener })
}

test('waits in a visible page for the frame, and for a task after it', async () => {
  stubDocument('visible')
  const order: string[] = []
  const painted = framePainted().then(() => order.push('resolved'))
  for (const callback of paint) callback()
  order.push('painted')
  await painted
  expect(order).toEqual(['painted', 'resolved'])
  expect(listening.map(({ aborted }) => aborted)).toEqual([true])
})

test('waits for no frame in a hidden page', async () => {
  stubDocument('hidden')
  await framePainted()
  expect(paint).toEqual([])
})

test('waits no longer in a page that is hidden before its frame came', async () => {
  stubDocument('visible')
  const painted = framePainted()
  for (const callback of becomeHidden) callback()
  await painted
  expect(paint).toHaveLength(1)
})
