import axe from 'axe-core'
import { expect } from 'vitest'

/** Expects axe to find no violations on the page as it is. */
export async function expectAccessible(): Promise<void> {
  await finishAnimations()
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

/**
 * A half-faded dialog has half the contrast, and one that has not begun to appear is not seen at
 * all.
 */
async function finishAnimations() {
  let running: Animation[]
  do {
    // What was rendered in this task begins to move in the next frame.
    await new Promise(requestAnimationFrame)
    running = document.getAnimations().filter(hasEnd)
    for (const animation of running) animation.finish()
  } while (running.length > 0)
}

const hasEnd = ({ effect, playState }: Animation) =>
  playState !== 'finished' && effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY
