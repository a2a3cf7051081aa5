import type { TestOnStage } from '../engine-test.ts'
import { eventually } from '../page.ts'
import { openTwoChapters } from '../two-chapters.ts'

export function testListRenaming(test: TestOnStage) {
  test('F2, Tab, the down arrow and Enter rename one row after another', async ({ stage }) => {
    const { page } = stage
    const { view, ids, clickRow, focused, expectOrder } = await openTwoChapters(stage)
    const [first = '', second = '', third = ''] = ids
    const selectedStem = (letter: string) => ({
      text: `${letter}.mp4`,
      caret: [0, 1],
      hasFocus: true,
    })
    await clickRow('a.mp4')
    await page.press('F2')
    await eventually(() => view.typing(first)).toEqual(selectedStem('a'))
    await page.type('One')
    await page.press('Tab')
    await eventually(() => view.typing(second)).toEqual(selectedStem('b'))
    await eventually(() => view.typing(first)).toBeNull()
    await page.type('Two')
    await page.press('ArrowDown')
    await eventually(() => view.typing(third)).toEqual(selectedStem('c'))
    await eventually(() => view.typing(second)).toBeNull()
    await page.type('Three')
    await page.press('Enter')
    await eventually(focused).toBe('Rename Three.mp4')
    await expectOrder(['One.mp4', 'Two.mp4', 'Three.mp4', 'd.mp4'], ['e.mp4', 'f.mp4'])
  })
}
