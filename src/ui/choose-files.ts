type Options = {
  /** Media types and extensions, in the format of the `accept` attribute. */
  accept: string
  isFolder?: boolean
  isMultiple?: boolean
}

/**
 * Opens the browser's file dialog. Must be called while handling a press.
 * @returns the chosen files; none if the dialog was cancelled
 */
export function chooseFiles({ accept, isFolder, isMultiple = true }: Options): Promise<File[]> {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = accept
  input.multiple = isMultiple
  input.webkitdirectory = isFolder ?? false
  // Some browsers drop a detached input before its dialog closes.
  input.hidden = true
  document.body.append(input)
  return new Promise((resolve) => {
    const settle = () => {
      input.remove()
      resolve([...(input.files ?? [])])
    }
    input.addEventListener('change', settle)
    input.addEventListener('cancel', settle)
    input.click()
  })
}
