import axe, { type AxeResults } from 'axe-core'
import type { Page } from 'playwright'
import { expect } from 'vitest'
import { areDialogsShown } from './shown-dialogs.ts'

/** Expects axe to find no violations on the page as it is, in both themes. */
export async function expectAccessible(page: Page) {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.waitForFunction(areDialogsShown)
    await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)))
    await page.evaluate(axe.source)
    const { violations }: AxeResults = await page.evaluate(() => window.axe.run())
    const found = violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])
    expect(found, `in the ${colorScheme} theme`).toEqual([])
  }
}

declare global {
  interface Window {
    axe: typeof axe
  }
}
