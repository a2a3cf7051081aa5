import { describe, expect } from 'vitest'
import { page } from 'vitest/browser'
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

const findActor = () => page.getByRole('button', { name: /^Lesson 1\.mp4/ })
const actors = () => page.getByRole('list', { name: 'Actors' })
const mode = (name: string) => page.getByRole('radio', { name })

const listActiveStates = (region: string) =>
  [...document.querySelectorAll(`svg [data-state-id^="video.${region}."][data-active]`)].map(
    (state) => state.getAttribute('data-state-id'),
  )

/** Reads the lines of the log, newest first, without their times. */
const readLog = () =>
  page
    .getByRole('list', { name: 'Event log' })
    .getByRole('listitem')
    .elements()
    .map(({ textContent }) => textContent?.replace(/^[\d.]+ s/, ''))

const sendTo =
  ({ authoring }: OpenPage) =>
  (command: 'edit' | 'cancel') =>
    authoring.send({
      type: 'chapter.dispatch',
      chapterId: video.chapterId,
      event: {
        type: 'video.dispatch',
        video,
        event:
          command === 'edit'
            ? {
                type: 'video.edit',
                saved: { filename: video.filename, version: 1, revision: 0 },
              }
            : { type: 'video.cancel' },
      },
    })

describe('The watched actor', () => {
  test('has an event log and a sequence diagram', async ({ open }) => {
    const send = sendTo(await open('/charts?machine=video&mode=live'))
    await expect.element(actors()).toBeVisible()
    send('edit')
    await findActor().click()
    send('cancel')
    await expect
      .poll(readLog)
      .toEqual(['video.cancel → viewing', 'video.edit → editing', 'starts → linked, viewing, idle'])

    await page.getByLabelText('History format').selectOptions('Sequence diagram')
    await expect
      .poll(() => page.getByRole('img', { name: /sent/ }).element().ariaLabel)
      .toBe(
        [
          'Chapter 0000c1 sent starts to Lesson 1.mp4',
          'Chapter 0000c1 sent video.edit to Lesson 1.mp4',
          'Lesson 1.mp4 sent video.reported to Chapter 0000c1',
          'Lesson 1.mp4 sent editor.reported to Chapter 0000c1',
          'Chapter 0000c1 sent video.cancel to Lesson 1.mp4',
          'Lesson 1.mp4 sent editor.reported to Chapter 0000c1',
        ].join('. '),
      )
  })

  test('does not change while paused, even without an earlier event', async ({ open }) => {
    const send = sendTo(await open('/charts?machine=video&mode=read'))
    send('edit')
    await mode('Live').click()
    await findActor().click()
    await button('Pause').click()
    send('cancel')
    await expect.poll(readLog).toEqual(['video.cancel → viewing'])
    expect(listActiveStates('filename')).toEqual(['video.filename.editing'])

    await button('Next step').click()
    await expect.poll(() => listActiveStates('filename')).toEqual(['video.filename.viewing'])
    await expect.element(button('Resume')).toBeVisible()
  })

  test('starts over after another mode', async ({ open }) => {
    const send = sendTo(await open('/charts?machine=video&mode=live'))
    await expect.element(actors()).toBeVisible()
    send('edit')
    await findActor().click()
    await expect.poll(() => readLog().length).toBe(2)
    await mode('Read').click()
    send('cancel')
    await mode('Live').click()
    await expect.element(page.getByText('No events since you started watching.')).toBeVisible()
    expect(listActiveStates('filename')).toEqual(['video.filename.viewing'])
    send('edit')
    await expect.poll(readLog).toEqual(['video.edit → editing'])
    await page.getByRole('button', { name: /video\.edit/ }).click()
    await expect.poll(() => listActiveStates('filename')).toEqual(['video.filename.editing'])
  })
})
