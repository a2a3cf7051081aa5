import { describe, expect } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { useSelection } from '#client/features/videos/selection.store.ts'
import { expectAccessible } from '../../support/axe.ts'
import {
  button,
  chapterRegion,
  expectVideos,
  getEditor,
  pickVideos,
  readNamesIn,
  typeFilename,
  videoRow,
} from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'

const basicsNames = ['a.mp4', 'b.mp4', 'c.mp4', 'd.mp4']
const moreNames = ['e.mp4', 'f.mp4']
const batch = 'POST /api/chapters/{chapterId}/videos/batch'

/** Opens a course with two chapters and six videos. */
async function openCourse(server: TestServer, open: (path: string) => Promise<unknown>) {
  const [basics, more] = await server.addChapters('Basics', 'More')
  if (!basics || !more) throw new Error('no chapters')
  const assets = await server.addAssets([...basicsNames, ...moreNames])
  await server.addVideos(basics.id, assets.slice(0, 4))
  await server.addVideos(more.id, assets.slice(4))
  await open(`/courses/${basics.courseId}`)
  for (const name of [...basicsNames, ...moreNames])
    await expect.element(videoRow(name)).toBeVisible()
  return { basics, more }
}

const bar = () => page.getByRole('toolbar', { name: 'Selected videos' })
const check = (filename: string) => page.getByRole('checkbox', { name: `Select ${filename}` })

/** Reads the names of the rows that are marked as selected. */
const selected = () =>
  [...document.querySelectorAll<HTMLElement>('[role=checkbox][aria-checked=true]')].map(
    ({ ariaLabel }) => ariaLabel?.replace('Select ', ''),
  )
const expectSelected = (names: readonly string[]) =>
  expect.poll(() => selected().sort()).toEqual(names)

const click = (filename: string, modifiers: ('Shift' | 'Control')[] = []) =>
  videoRow(filename).click({ position: { x: 300, y: 10 }, modifiers })

describe('selecting by pointer', () => {
  test('selects one row with a click, and more with Ctrl or Shift', async ({ server, open }) => {
    await openCourse(server, open)
    await click('b.mp4')
    await expectSelected(['b.mp4'])
    await expect.element(bar()).toHaveTextContent('1 selected')
    await click('d.mp4', ['Control'])
    await expectSelected(['b.mp4', 'd.mp4'])
    await click('b.mp4', ['Control'])
    await expectSelected(['d.mp4'])
    await click('a.mp4')
    await click('c.mp4', ['Shift'])
    await expectSelected(['a.mp4', 'b.mp4', 'c.mp4'])
    await click('e.mp4', ['Shift'])
    await expectSelected([...basicsNames, 'e.mp4'])
    await expectAccessible()
    await bar().getByRole('button', { name: 'Clear selection' }).click()
    await expectSelected([])
    await expect.element(bar()).not.toBeInTheDocument()
    await expect.element(videoRow('a.mp4')).toHaveFocus()
  })

  test('adds a row with its checkbox, and selects nothing with its other buttons', async ({
    server,
    open,
  }) => {
    await openCourse(server, open)
    await check('b.mp4').click()
    await check('c.mp4').click()
    await expectSelected(['b.mp4', 'c.mp4'])
    await button('Rename a.mp4').click()
    await getEditor('a.mp4').click()
    await userEvent.keyboard('{Escape}')
    await expectSelected(['b.mp4', 'c.mp4'])
  })
})

describe('selecting by keyboard', () => {
  test('works with Space, Shift with arrows, Ctrl+A and Escape', async ({ server, open }) => {
    await openCourse(server, open)
    videoRow('b.mp4').element().focus()
    await userEvent.keyboard(' ')
    await expectSelected(['b.mp4'])
    await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}')
    await expectSelected(['b.mp4', 'c.mp4', 'd.mp4'])
    await expect.element(videoRow('d.mp4')).toHaveFocus()
    await userEvent.keyboard('{Shift>}{ArrowUp}{ArrowUp}{ArrowUp}{/Shift}')
    await expectSelected(['a.mp4', 'b.mp4'])
    await userEvent.keyboard('{ArrowDown} ')
    await expectSelected(['a.mp4'])
    await userEvent.keyboard('{Control>}a{/Control}')
    await expectSelected(basicsNames)
    await userEvent.keyboard('{Escape}')
    await expectSelected([])
  })

  test('leaves the keys in a text field to the field', async ({ server, open }) => {
    await openCourse(server, open)
    await click('a.mp4')
    await typeFilename('a.mp4', 'New name.mp4')
    await userEvent.keyboard('{Control>}a{/Control}{Delete}m r')
    await expect.element(getEditor('a.mp4')).toHaveValue('m r')
    await userEvent.keyboard('{Escape}')
    await expectSelected(['a.mp4'])
  })
})

describe('selected videos', () => {
  test('are removed, and a remaining row gets the focus', async ({ server, open }) => {
    await openCourse(server, open)
    await click('b.mp4')
    await click('c.mp4', ['Control'])
    await click('e.mp4', ['Control'])
    await bar().getByRole('button', { name: 'Remove' }).click()
    await expectVideos(['a.mp4: linked', 'f.mp4: linked', 'd.mp4: linked'])
    await expect.element(videoRow('f.mp4')).toHaveFocus()
    await expect.element(bar()).not.toBeInTheDocument()
    await expect.element(page.getByText('Removed 3 videos from 2 chapters')).toBeVisible()
  })

  test('all follow the keys pressed on one of them', async ({ server, open }) => {
    const { basics } = await openCourse(server, open)
    await click('b.mp4')
    await click('d.mp4', ['Control'])
    await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}')
    await expect.poll(readNamesIn('Basics')).toEqual(['b.mp4', 'd.mp4', 'a.mp4', 'c.mp4'])
    await expect.element(videoRow('d.mp4')).toHaveFocus()
    await userEvent.keyboard('{Alt>}{ArrowDown}{ArrowDown}{ArrowDown}{/Alt}')
    await expect.poll(readNamesIn('Basics')).toEqual(['a.mp4', 'c.mp4', 'b.mp4', 'd.mp4'])
    await expect
      .poll(async () => {
        const answer = await server.send(`GET /api/chapters/${basics.id}/videos`)
        return (await answer.json()).videos.map(({ filename }: { filename: string }) => filename)
      })
      .toEqual(['a.mp4', 'c.mp4', 'b.mp4', 'd.mp4'])
    await userEvent.keyboard('{Delete}')
    await expect.poll(readNamesIn('Basics')).toEqual(['a.mp4', 'c.mp4'])
    await expect.element(videoRow('c.mp4')).toHaveFocus()
  })

  test('keep their order when moved to a chapter', async ({ server, open }) => {
    await openCourse(server, open)
    await click('d.mp4')
    await click('a.mp4', ['Control'])
    await userEvent.keyboard('m')
    await expect
      .element(page.getByRole('dialog', { name: 'Move to…' }))
      .toHaveTextContent('2 videos')
    await page.getByRole('option', { name: 'More' }).click()
    await expect.poll(readNamesIn('More')).toEqual([...moreNames, 'a.mp4', 'd.mp4'])
    await expectSelected(['a.mp4', 'd.mp4'])
  })

  test('are retried if they failed', async ({ server, network, open }) => {
    await openCourse(server, open)
    const refusals = ['c.mp4', 'd.mp4'].map((filename) => network.refuse(batch, { filename }))
    await (await pickVideos('More', 'b.mp4', 'c.mp4', 'd.mp4')).click()
    const findInMore = (filename: string) =>
      chapterRegion('More').getByRole('listitem', { name: filename })
    await expect.element(findInMore('d.mp4')).toHaveAttribute('data-status', 'failed')
    for (const refusal of refusals) refusal.lift()
    await findInMore('b.mp4').click({ position: { x: 300, y: 10 } })
    await expect.element(bar().getByRole('button', { name: 'Remove' })).toBeVisible()
    await expect.element(bar().getByRole('button', { name: 'Retry' })).not.toBeInTheDocument()
    await findInMore('d.mp4').click({ position: { x: 300, y: 10 }, modifiers: ['Shift'] })
    await bar().getByRole('button', { name: 'Retry' }).click()
    await expect.element(findInMore('c.mp4')).toHaveAttribute('data-status', 'linked')
    await expect.element(findInMore('d.mp4')).toHaveAttribute('data-status', 'linked')
    await expect.element(bar().getByRole('button', { name: 'Move to…' })).toHaveFocus()
  })

  test('are no longer counted after they are removed', async ({ server, open }) => {
    await openCourse(server, open)
    await click('a.mp4')
    await click('b.mp4', ['Control'])
    await button('Remove a.mp4').click()
    await expect.element(bar()).toHaveTextContent('1 selected')
    expect(useSelection.getState().ids.size).toBe(2)
  })
})
