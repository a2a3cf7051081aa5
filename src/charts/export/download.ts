/** Saves a file with the browser's own dialog, or where it saves all files. */
export function download(name: string, content: Blob) {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Revoked too early, the URL saves nothing in some browsers.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
