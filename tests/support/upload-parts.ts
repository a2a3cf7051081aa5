import { expect } from 'vitest'
import { page } from 'vitest/browser'

/** Drops files from outside the page on an element. */
export function dropFiles(target: Element, files: readonly File[]) {
  const dataTransfer = new DataTransfer()
  for (const file of files) dataTransfer.items.add(file)
  for (const type of ['dragenter', 'dragover', 'drop']) {
    target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
  }
}

export const tray = () => page.getByRole('region', { name: 'Uploads' })

export const trayRow = (name: string) => tray().getByRole('listitem').filter({ hasText: name })

export const expectUpload = (name: string, status: string) =>
  expect.element(trayRow(name)).toHaveAttribute('data-upload-status', status)
