import axe from 'axe-core'
import { expect } from 'vitest'
import { areDialogsShown } from './shown-dialogs.ts'

/** Expects axe to find no violations on the page as it is. */
export async function expectAccessible(): Promise<void> {
  await expect.poll(areDialogsShown, { message: 'open dialogs are seen' }).toBe(true)
  const { violations } = await axe.run(document, {
    // The rule reads the video's duration, which a video that can't be loaded lacks.
    rules: { 'no-autoplay-audio': { enabled: false } },
    preload: false,
  })
  const found = violations.map(({ id, help, nodes }) => ({
    rule: `${id}: ${help}`,
    at: nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`),
  }))
  expect(found).toEqual([])
}
