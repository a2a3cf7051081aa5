/** Resolves with the names of the rows that are there in the frame after the next such event; runs in the page. */
export function namesInNextFrame(type: 'click' | 'keydown'): Promise<(string | null)[]> {
  const names = () =>
    [...document.querySelectorAll('[data-video-id]')].map((row) => row.getAttribute('aria-label'))
  return new Promise((resolve) => {
    const look = () => requestAnimationFrame(() => resolve(names()))
    addEventListener(type, look, { once: true, capture: true })
  })
}
