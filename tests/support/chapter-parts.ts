import { expect } from 'vitest'
import { page } from 'vitest/browser'
import { button } from './page-parts.ts'
import type { TestServer } from './server.ts'

const readTitles = () =>
  [...document.querySelectorAll('[data-chapter-id]')].map(({ ariaLabel }) => ariaLabel)

/** Waits until the page shows exactly these chapters. */
export const expectTitles = (...titles: string[]) => expect.poll(readTitles).toEqual(titles)

/** Waits until the server has exactly these chapters. */
export const expectOnServer = (server: TestServer, courseId: string, ...titles: string[]) =>
  expect
    .poll(async () => (await server.chapters(courseId)).map(({ title }) => title))
    .toEqual(titles)

/** Chooses a command from a chapter's menu. */
export async function choose(title: string, command: string) {
  await button(`More actions for ${title}`).click()
  await page.getByRole('menuitem', { name: command }).click()
}
