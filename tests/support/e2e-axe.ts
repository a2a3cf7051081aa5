import axe, { type AxeResults, type RunOptions } from 'axe-core'
import type { Page } from 'playwright'
import { expect } from 'vitest'
import { areDialogsShown } from './shown-dialogs.ts'

// Themes differ only in colours: the other rules would report the same in the second one.
const themes: readonly { colorScheme: 'light' | 'dark'; options: RunOptions }[] = [
  // The size of targets is of WCAG 2.2 AA; axe leaves it out by default.
  { colorScheme: 'light', options: { rules: { 'target-size': { enabled: true } } } },
  { colorScheme: 'dark', options: { runOnly: ['color-contrast', 'link-in-text-block'] } },
]

/** Expects axe to find no violations on the current page, in both themes. */
export async function expectAccessible(page: Page) {
  await page.evaluate(axe.source)
  // axe would call a link that is half under the sticky header too small a target.
  await page.evaluate(() => window.scrollTo(0, 0))
  for (const { colorScheme, options } of themes) {
    await page.emulateMedia({ colorScheme })
    await page.waitForFunction(areDialogsShown)
    await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)))
    const run = (options: RunOptions) => window.axe.run(options)
    const { violations }: AxeResults = await page.evaluate(run, options)
    const found = violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])
    expect(found, `in the ${colorScheme} theme`).toEqual([])
  }
}

declare global {
  interface Window {
    axe: typeof axe
  }
}
