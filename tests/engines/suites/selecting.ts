import type { TestOnStage } from '../engine-test.ts'
import { eventually } from '../page.ts'
import { openTwoChapters } from '../two-chapters.ts'

export function testSelecting(test: TestOnStage) {
  test('clicks select rows: Ctrl toggles one, Shift extends the range', async ({ stage }) => {
    const { page } = stage
    const { clickRow, selected, expectOrder } = await openTwoChapters(stage)
    await clickRow('b.mp4')
    await eventually(selected).toEqual(['b.mp4'])
    await clickRow('d.mp4', 'Control')
    await eventually(selected).toEqual(['b.mp4', 'd.mp4'])
    await clickRow('b.mp4', 'Control')
    await eventually(selected).toEqual(['d.mp4'])
    await clickRow('a.mp4')
    await clickRow('c.mp4', 'Shift')
    await eventually(selected).toEqual(['a.mp4', 'b.mp4', 'c.mp4'])
    await clickRow('e.mp4', 'Shift')
    await eventually(selected).toEqual(['a.mp4', 'b.mp4', 'c.mp4', 'd.mp4', 'e.mp4'])
    await clickRow('c.mp4', 'Control')
    await eventually(selected).toEqual(['a.mp4', 'b.mp4', 'd.mp4', 'e.mp4'])
    // A key acts on the selected rows if the focused row is one of them.
    await page.press('ArrowDown')
    await page.press('Delete')
    await expectOrder(['c.mp4'], ['f.mp4'])
  })

  test('keys move through the rows and select them', async ({ stage }) => {
    const { page } = stage
    const { clickRow, selected, focused, expectOrder } = await openTwoChapters(stage)
    await clickRow('b.mp4')
    await page.holding(['Control'], () => page.press('a'))
    await eventually(selected).toEqual(['a.mp4', 'b.mp4', 'c.mp4', 'd.mp4'])
    await page.press('Escape')
    await eventually(selected).toEqual([])
    await page.press('ArrowDown')
    await eventually(focused).toBe('c.mp4')
    await page.press('Space')
    await eventually(selected).toEqual(['c.mp4'])
    await page.holding(['Shift'], () => page.pressAll('ArrowDown', 'ArrowDown'))
    await eventually(selected).toEqual(['c.mp4', 'd.mp4', 'e.mp4'])
    await eventually(focused).toBe('e.mp4')
    await page.holding(['Shift'], () => page.pressAll('ArrowUp', 'ArrowUp', 'ArrowUp'))
    await eventually(selected).toEqual(['b.mp4', 'c.mp4'])
    await page.press('ArrowUp')
    await eventually(focused).toBe('a.mp4')
    await eventually(selected).toEqual(['b.mp4', 'c.mp4'])
    await page.press('Space')
    await page.press('Delete')
    await expectOrder(['d.mp4'], ['e.mp4', 'f.mp4'])
    await eventually(focused).toBe('d.mp4')
  })

  test('a rubber band selects what it touches, in both chapters', async ({ stage }) => {
    const { page } = stage
    const rows = await openTwoChapters(stage)
    const { selected, focused, findRow, findBeside, expectOrder } = rows
    const isShown = () => page.evaluate(hasRubberBand)
    await page.startDrag(await findBeside('b.mp4'), await findRow('c.mp4'))
    await eventually(selected).toEqual(['b.mp4', 'c.mp4'])
    await eventually(isShown).toBe(true)
    await page.moveMouse(await findRow('e.mp4'))
    await eventually(selected).toEqual(['b.mp4', 'c.mp4', 'd.mp4', 'e.mp4'])
    await page.moveMouse(await findRow('d.mp4'))
    await eventually(selected).toEqual(['b.mp4', 'c.mp4', 'd.mp4'])
    await page.releaseMouse()
    await eventually(isShown).toBe(false)
    await eventually(focused).toBe('d.mp4')
    await page.press('Delete')
    await expectOrder(['a.mp4'], ['e.mp4', 'f.mp4'])
  })
}

const hasRubberBand = () => document.querySelector('[data-rubber-band]') !== null
