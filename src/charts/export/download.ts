/** Saves a file through the browser's save dialog, or straight to its download folder. */
export function download(name: string, content: Blob) {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // In some browsers, nothing is saved if the URL is revoked too early.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
