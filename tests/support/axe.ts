import axe from 'axe-core'
import { expect } from 'vitest'

/** Expects axe to find no violations on the page as it is. */
export async function expectAccessible(): Promise<void> {
  // What was rendered in this task has no place on the screen before the next frame.
  await new Promise(requestAnimationFrame)
  finishAnimations()
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

// A half-faded dialog has half the contrast.
function finishAnimations() {
  for (const animation of document.getAnimations()) {
    if (animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
      animation.finish()
  }
}
