/** Runs in the page: resolves with the ms from its navigation to a painted row with buttons. */
export function readFirstRow(): Promise<number> {
  return new Promise((resolve) => {
    const checkNextFrame = () =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => {
          if (document.querySelector('[data-video-id] button')) resolve(performance.now())
          else checkNextFrame()
        }
        port2.postMessage(undefined)
      })
    checkNextFrame()
  })
}
