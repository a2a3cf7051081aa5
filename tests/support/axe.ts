import axe from 'axe-core'
import { expect } from 'vitest'

/** Fails with what axe finds wrong on the page as it is shown now. */
export async function expectAccessible(): Promise<void> {
  endMotion()
  const { violations } = await axe.run(document, {
    // It needs a video's length, which one that can't be loaded does not have.
    rules: { 'no-autoplay-audio': { enabled: false } },
    preload: false,
  })
  const found = violations.map(({ id, help, nodes }) => ({
    rule: `${id}: ${help}`,
    at: nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`),
  }))
  expect(found).toEqual([])
}

// A half-faded dialog has half its contrast.
function endMotion() {
  for (const motion of document.getAnimations()) {
    if (motion.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY) motion.finish()
  }
}
