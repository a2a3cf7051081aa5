import axe from 'axe-core'
import { expect } from 'vitest'
import { areDialogsShown } from './shown-dialogs.ts'

/** Expects axe to find no violations on the current page. */
export async function expectAccessible(): Promise<void> {
  await expect.poll(areDialogsShown, { message: 'open dialogs are visible' }).toBe(true)
  const { violations } = await axe.run(document, {
    rules: {
      // The rule reads the duration of a video, which is unknown if the video can't be loaded.
      'no-autoplay-audio': { enabled: false },
      // WCAG 2.2 AA; off by default.
      'target-size': { enabled: true },
    },
    preload: false,
  })
  const found = violations.map(({ id, help, nodes }) => ({
    rule: `${id}: ${help}`,
    at: nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`),
  }))
  expect(found).toEqual([])
}
