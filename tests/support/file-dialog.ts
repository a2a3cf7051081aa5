import { vi } from 'vitest'

/** Answers the browser’s next file dialog with a file. */
export function answerFileDialog(file: File) {
  vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementationOnce(function (
    this: HTMLInputElement,
  ) {
    const transfer = new DataTransfer()
    transfer.items.add(file)
    this.files = transfer.files
    this.dispatchEvent(new Event('change'))
  })
}
