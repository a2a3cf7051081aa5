import { describe, expect } from 'vitest'
import { page } from 'vitest/browser'
import { openChapter } from '#client/features/videos/workspace.tsx'
import { button } from '../../support/page-parts.ts'
import { type OpenPage, test } from '../../support/page-test.tsx'

const video = {
  id: '01900000-0000-7000-8000-000000000001',
  chapterId: '01900000-0000-7000-8000-0000000000c1',
  mediaId: '01900000-0000-7000-8000-0000000000a1',
  filename: 'Lesson 1.mp4',
  position: 'a0',
  version: 1,
  revision: 0,
  durationSeconds: 61,
}

const chosen = () => page.getByRole('button', { name: /^Lesson 1\.mp4/ })
const actors = () => page.getByRole('list', { name: 'Actors' })
const mode = (name: string) => page.getByRole('radio', { name })

const activeIn = (region: string) =>
  [...document.querySelectorAll(`svg [data-state-id^="video.${region}."][data-active]`)].map(
    (state) => state.getAttribute('data-state-id'),
  )

/** The lines of the log, newest first, without their times. */
const logLines = () =>
  page
    .getByRole('list', { name: 'Event log' })
    .getByRole('listitem')
    .elements()
    .map(({ textContent }) => textContent?.replace(/^[\d.]+ s/, ''))

const sendTo =
  ({ workspace }: OpenPage) =>
  (command: 'edit' | 'cancel') =>
    openChapter(workspace, video.chapterId).send({
      type: 'video.act',
      video,
      command:
        command === 'edit'
          ? { type: 'video.edit', base: { filename: video.filename, version: 1 } }
          : { type: 'video.cancel' },
    })

describe('the actor that is watched', () => {
  test('has a log of where its events led, and a picture of who sent them', async ({ open }) => {
    const send = sendTo(await open('/charts?machine=video&mode=live'))
    await expect.element(actors()).toBeVisible()
    send('edit')
    await chosen().click()
    send('cancel')
    await expect
      .poll(logLines)
      .toEqual([
        'video.cancel → viewing',
        'video.edit → editing',
        'starts began in linked, viewing',
      ])

    await page.getByLabelText('How to show what happened').selectOptions('Who sent what to whom')
    await expect
      .poll(() => page.getByRole('img', { name: /sent/ }).element().ariaLabel)
      .toBe(
        [
          'Chapter 0000c1 sent starts to Lesson 1.mp4',
          'Lesson 1.mp4 sent video.reported to Chapter 0000c1',
          'Chapter 0000c1 sent video.edit to Lesson 1.mp4',
          'Chapter 0000c1 sent video.cancel to Lesson 1.mp4',
        ].join('. '),
      )
  })

  test('stays as it is while paused, though nothing had happened to it', async ({ open }) => {
    const send = sendTo(await open('/charts?machine=video&mode=read'))
    send('edit')
    await mode('Live').click()
    await chosen().click()
    await button('Pause').click()
    send('cancel')
    await expect.poll(logLines).toEqual(['video.cancel → viewing'])
    expect(activeIn('filename')).toEqual(['video.filename.editing'])

    await button('One step forward').click()
    await expect.poll(() => activeIn('filename')).toEqual(['video.filename.viewing'])
    await expect.element(button('Go on')).toBeVisible()
  })

  test('is watched anew after another mode', async ({ open }) => {
    const send = sendTo(await open('/charts?machine=video&mode=live'))
    await expect.element(actors()).toBeVisible()
    send('edit')
    await chosen().click()
    await expect.poll(() => logLines().length).toBe(2)
    await mode('Read').click()
    send('cancel')
    await mode('Live').click()
    await expect
      .element(page.getByText('Nothing has happened to it since you began to watch.'))
      .toBeVisible()
    expect(activeIn('filename')).toEqual(['video.filename.viewing'])
    send('edit')
    await expect.poll(logLines).toEqual(['video.edit → editing'])
    await page.getByRole('button', { name: /video\.edit/ }).click()
    await expect.poll(() => activeIn('filename')).toEqual(['video.filename.editing'])
  })
})
