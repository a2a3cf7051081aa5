/** Resolves with the rows' names in the first frame after the next event. Runs in the page. */
export function readNamesInNextFrame(type: 'click' | 'keydown'): Promise<(string | null)[]> {
  const names = () =>
    [...document.querySelectorAll('[data-video-id]')].map((row) => row.getAttribute('aria-label'))
  return new Promise((resolve) => {
    const read = () => requestAnimationFrame(() => resolve(names()))
    addEventListener(type, read, { once: true, capture: true })
  })
}
