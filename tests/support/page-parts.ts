import { expect } from 'vitest'
import { type Locator, page, userEvent } from 'vitest/browser'

// The names by which people and screen readers know the page.

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

/** Each mounted video row's name and link status, from top to bottom. */
export const shownVideos = () =>
  [...document.querySelectorAll<HTMLElement>('[data-video-id]')]
    .sort((one, other) => Number(one.dataset.index) - Number(other.dataset.index))
    .map(({ ariaLabel, dataset }) => `${ariaLabel}: ${dataset.status}`)

/** Waits until exactly these rows are shown, such as `a.mp4: linked`. */
export const expectVideos = (videos: string[]) => expect.poll(shownVideos).toEqual(videos)

/** Waits until a video's link stands so. */
export const expectStatus = (filename: string, status: string) =>
  expect.element(videoRow(filename)).toHaveAttribute('data-status', status)

/** Picks videos for a chapter, in this order, and leaves the button to be pressed. */
export async function pickVideos(title: string, ...filenames: string[]) {
  await chapterRegion(title).getByRole('button', { name: 'Add videos' }).click()
  for (const filename of filenames) await tile(filename).click()
  const count = filenames.length === 1 ? '1 video' : `${filenames.length} videos`
  return button(`Add ${count}`)
}

/** Presses a button without the time that a hand takes, to see what the very next frame shows. */
export const pressNow = (button: Locator) =>
  button.element().dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))

/** Opens a video's editor and types a name over the old one, without saving it. */
export async function typeFilename(filename: string, typed: string) {
  await button(`Rename ${filename}`).click()
  await getEditor(filename).fill(typed)
}

/** Renames a video as a person does at the keyboard. */
export async function renameVideo(filename: string, name: string) {
  await typeFilename(filename, name)
  await userEvent.keyboard('{Enter}')
}
