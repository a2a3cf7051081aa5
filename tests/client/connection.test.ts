import { onlineManager } from '@tanstack/react-query'
import { afterEach, expect, test } from 'vitest'
import { connectionReady } from '#client/lib/connection.ts'

afterEach(() => {
  onlineManager.setOnline(true)
})

test('is over at once while there is a connection', async () => {
  await connectionReady(new AbortController().signal)
})

test('is over when the connection is back, for everyone who waits', async () => {
  onlineManager.setOnline(false)
  const over: string[] = []
  const { signal } = new AbortController()
  const waits = ['first', 'second'].map((name) =>
    connectionReady(signal).then(() => over.push(name)),
  )
  await Promise.resolve()
  expect(over).toEqual([])
  onlineManager.setOnline(true)
  await Promise.all(waits)
  expect(over).toEqual(['first', 'second'])
})

test('ends with its signal, and listens no more', async () => {
  onlineManager.setOnline(false)
  const controller = new AbortController()
  const wait = connectionReady(controller.signal)
  controller.abort(new Error('Removed'))
  await expect(wait).rejects.toThrow('Removed')
  expect(onlineManager.hasListeners()).toBe(false)
})
