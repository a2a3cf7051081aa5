type Options = {
  /** Media types and extensions, as `accept` has them. */
  accept: string
  isFolder?: boolean
  isMultiple?: boolean
}

/**
 * Opens the browser's dialog for files; has to be called while a press is being handled.
 * @returns the chosen files; none if the dialog was closed without a choice
 */
export function chooseFiles({ accept, isFolder, isMultiple = true }: Options): Promise<File[]> {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = accept
  input.multiple = isMultiple
  input.webkitdirectory = isFolder ?? false
  // Some browsers forget an input that is not in the page before its dialog is closed.
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
