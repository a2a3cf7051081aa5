import { expect } from 'vitest'
import type { TestOnStage } from '../engine-test.ts'
import { eventually } from '../page.ts'
import { openTwoChapters } from '../two-chapters.ts'

export function testMoving(test: TestOnStage) {
  test('Alt and arrow keys move the focused row, or all selected rows', async ({ stage }) => {
    const { page } = stage
    const { clickRow, selected, focused, expectOrder } = await openTwoChapters(stage)
    await clickRow('a.mp4')
    await page.press('Escape')
    await eventually(selected).toEqual([])
    await page.holding(['Alt'], () => page.pressAll('ArrowDown', 'ArrowDown'))
    await expectOrder(['b.mp4', 'c.mp4', 'a.mp4', 'd.mp4'], ['e.mp4', 'f.mp4'])
    await eventually(focused).toBe('a.mp4')
    await clickRow('d.mp4')
    await clickRow('c.mp4', 'Control')
    await page.holding(['Alt'], () => page.press('ArrowUp'))
    await expectOrder(['c.mp4', 'd.mp4', 'b.mp4', 'a.mp4'], ['e.mp4', 'f.mp4'])
    await eventually(focused).toBe('c.mp4')
  })

  test('a row can be moved to a chapter found by the dialog’s search', async ({ stage }) => {
    const { page } = stage
    const { clickRow, focused, expectOrder } = await openTwoChapters(stage)
    await clickRow('b.mp4')
    await page.press('m')
    await eventually(focused).toBe('Search chapters')
    await page.type('mor')
    await eventually(() => page.evaluate(readOptions)).toEqual({ all: ['More'], active: 'More' })
    await page.press('Enter')
    await expectOrder(['a.mp4', 'c.mp4', 'd.mp4'], ['e.mp4', 'f.mp4', 'b.mp4'])
    await eventually(focused).toBe('b.mp4')
  })

  test('a row can be dragged within its chapter and into another', async ({ stage }) => {
    const { page } = stage
    const { findRow, focused, expectOrder } = await openTwoChapters(stage)
    await page.startDrag(await findRow('a.mp4'), await findRow('c.mp4', 0.8))
    await eventually(() => page.evaluate(hasDropIndicator)).toBe(true)
    await page.releaseMouse()
    await expectOrder(['b.mp4', 'c.mp4', 'a.mp4', 'd.mp4'], ['e.mp4', 'f.mp4'])
    await eventually(focused).toBe('a.mp4')
    await page.startDrag(await findRow('d.mp4'), await findRow('f.mp4', 0.2))
    await eventually(() => page.evaluate(hasDropIndicator)).toBe(true)
    await page.releaseMouse()
    await expectOrder(['b.mp4', 'c.mp4', 'a.mp4'], ['e.mp4', 'd.mp4', 'f.mp4'])
    await eventually(focused).toBe('d.mp4')
  })

  test('an open editor keeps its text, caret and focus while its row is moved', async ({
    stage,
  }) => {
    const { page } = stage
    const { view, ids, findRow, shown, expectOrder } = await openTwoChapters(stage)
    const [videoId = ''] = ids
    const typing = await view.typeHalf(videoId)
    await view.watchTyping(videoId)
    await page.holding(['Alt'], () => page.pressAll('ArrowDown', 'ArrowDown'))
    await expectOrder(['b.mp4', 'c.mp4', 'a.mp4', 'd.mp4'], ['e.mp4', 'f.mp4'])
    // Drag by the padding above the editor.
    await page.startDrag(await findRow('a.mp4', 0.05), await findRow('e.mp4', 0.2))
    await page.releaseMouse()
    await expectOrder(['b.mp4', 'c.mp4', 'd.mp4'], ['a.mp4', 'e.mp4', 'f.mp4'])
    expect(await page.observed()).toEqual([typing])
    expect(await view.typing(videoId)).toEqual(typing)
    await page.press('Enter')
    await eventually(shown).toMatchObject({ more: [typing.text, 'e.mp4', 'f.mp4'] })
    await expectOrder(['b.mp4', 'c.mp4', 'd.mp4'], [typing.text, 'e.mp4', 'f.mp4'])
  })

  test('a move and a removal are undone and redone with the keyboard', async ({ stage }) => {
    const { page } = stage
    const { clickRow, findRow, expectOrder } = await openTwoChapters(stage)
    const undo = () => page.holding(['Control'], () => page.press('z'))
    const redo = () => page.holding(['Control', 'Shift'], () => page.press('z'))
    const more = ['e.mp4', 'f.mp4']
    await page.startDrag(await findRow('a.mp4'), await findRow('f.mp4', 0.2))
    await page.releaseMouse()
    await expectOrder(['b.mp4', 'c.mp4', 'd.mp4'], ['e.mp4', 'a.mp4', 'f.mp4'])
    await clickRow('c.mp4')
    await page.press('Delete')
    await expectOrder(['b.mp4', 'd.mp4'], ['e.mp4', 'a.mp4', 'f.mp4'])
    await undo()
    await expectOrder(['b.mp4', 'c.mp4', 'd.mp4'], ['e.mp4', 'a.mp4', 'f.mp4'])
    await undo()
    await expectOrder(['a.mp4', 'b.mp4', 'c.mp4', 'd.mp4'], more)
    await redo()
    await expectOrder(['b.mp4', 'c.mp4', 'd.mp4'], ['e.mp4', 'a.mp4', 'f.mp4'])
    await redo()
    await expectOrder(['b.mp4', 'd.mp4'], ['e.mp4', 'a.mp4', 'f.mp4'])
  })
}

/** Reads the dialog's chapters, and the one that Enter would choose. */
function readOptions() {
  const activeId = document.activeElement?.getAttribute('aria-activedescendant') ?? ''
  const options = [...document.querySelectorAll('[role="dialog"] [role="option"]')]
  return {
    all: options.map((option) => option.textContent),
    active: document.getElementById(activeId)?.textContent,
  }
}

const hasDropIndicator = () => document.querySelector('[data-drop-indicator]') !== null
