import axe from 'axe-core'
import { expect } from 'vitest'
import { areDialogsShown } from './shown-dialogs.ts'

/** Expects axe to find no violations on the page as it is. */
export async function expectAccessible(): Promise<void> {
  await expect.poll(areDialogsShown, { message: 'open dialogs are seen' }).toBe(true)
  const letMove = stopAnimations()
  const { violations } = await axe
    .run(document, {
      // The rule reads the video's duration, which a video that can't be loaded lacks.
      rules: { 'no-autoplay-audio': { enabled: false } },
      preload: false,
    })
    .finally(letMove)
  const found = violations.map(({ id, help, nodes }) => ({
    rule: `${id}: ${help}`,
    at: nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`),
  }))
  expect(found).toEqual([])
}

/**
 * Shows everything as it looks once it has appeared: a half-faded dialog has half the contrast.
 * @returns a function that lets things move again
 */
function stopAnimations(): () => void {
  const style = document.createElement('style')
  style.textContent =
    '*, ::before, ::after { animation: none !important; transition: none !important }'
  document.head.append(style)
  return () => style.remove()
}
