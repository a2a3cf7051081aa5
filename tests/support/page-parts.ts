import { expect } from 'vitest'
import { type Locator, page, userEvent } from 'vitest/browser'
import { hasUnsentChanges } from '#client/features/videos/unsaved-videos.ts'
import type { Authoring } from '#client/features/videos/videos.actors.ts'

// Locators by accessible names.

export const button = (name: string) => page.getByRole('button', { name })
export const heading = (name: string) => page.getByRole('heading', { name })
export const textbox = (name: string) => page.getByRole('textbox', { name })
export const chapterRegion = (title: string) => page.getByRole('region', { name: title })
export const videoRow = (filename: string) => page.getByRole('listitem', { name: filename })
export const getEditor = (filename: string) =>
  videoRow(filename).getByRole('textbox', { name: 'Filename' })
export const statusLine = (title: string) => chapterRegion(title).getByRole('status')
export const mediaLibrary = () => page.getByRole('dialog', { name: 'Media library' })
export const tile = (filename: string) => mediaLibrary().getByRole('row', { name: filename })

/** Reads the name and link status of each mounted video row, from top to bottom. */
export const readShownVideos = () =>
  [...document.querySelectorAll<HTMLElement>('[data-video-id]')]
    .sort((a, b) => Number(a.dataset.index) - Number(b.dataset.index))
    .map(({ ariaLabel, dataset }) => `${ariaLabel}: ${dataset.status}`)

/** Reads the names that a chapter shows, in order. */
export const readNamesIn = (title: string) => () =>
  [...chapterRegion(title).element().querySelectorAll<HTMLElement>('[data-video-id]')]
    .sort((a, b) => Number(a.dataset.index) - Number(b.dataset.index))
    .map(({ ariaLabel }) => ariaLabel)

/** Waits until exactly these rows are shown, in the form `a.mp4: linked`. */
export const expectVideos = (videos: string[]) => expect.poll(readShownVideos).toEqual(videos)

/** Waits until a video has this link status. */
export const expectStatus = (filename: string, status: string) =>
  expect.element(videoRow(filename)).toHaveAttribute('data-status', status)

/**
 * Waits until the page has the server’s answers to all changes; the server may have them before.
 * @param authoring to be given right after a change to a video, which the header shows 250 ms late
 */
export async function expectSaved(authoring?: Authoring) {
  if (authoring) await expect.poll(() => hasUnsentChanges(authoring)).toBe(false)
  await expect.element(button('All saved')).toBeVisible()
}

/** Picks videos for a chapter, in this order, and returns the button that adds them. */
export async function pickVideos(title: string, ...filenames: string[]) {
  await chapterRegion(title).getByRole('button', { name: 'Add videos' }).click()
  // Another press at the same place would count as the second half of a double press.
  await mediaLibrary().hover({ position: { x: 5, y: 5 } })
  for (const filename of filenames) await tile(filename).click()
  const count = filenames.length === 1 ? '1 video' : `${filenames.length} videos`
  return button(`Add ${count}`)
}

/** Removes videos one after another, with the pointer elsewhere in between. */
export async function removeVideos(...filenames: string[]) {
  for (const filename of filenames) {
    await page.getByRole('banner').hover()
    await button(`Remove ${filename}`).click()
  }
}

/** Clicks a button synchronously, so that a test can look at the very next frame. */
export const clickNow = (button: Locator) =>
  button.element().dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))

/** Whether a press in the middle of an element would reach it. */
export function isReachable(locator: Locator): boolean {
  const element = locator.element()
  const { left, top, width, height } = element.getBoundingClientRect()
  return element.contains(document.elementFromPoint(left + width / 2, top + height / 2))
}

/** Opens a video's editor and replaces the filename, without saving it. */
export async function typeFilename(filename: string, typed: string) {
  await button(`Rename ${filename}`).click()
  await getEditor(filename).fill(typed)
}

/** Renames a video with the keyboard. */
export async function renameVideo(filename: string, name: string) {
  await typeFilename(filename, name)
  await userEvent.keyboard('{Enter}')
}

/** The notice of the last change, with its undo. */
export const changeNotice = () => page.getByRole('complementary', { name: 'Changes' })

export const undo = () => userEvent.keyboard('{Control>}z{/Control}')
export const redo = () => userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}')
