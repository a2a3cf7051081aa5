/** What the page shows after an event. */
export interface Content {
  event: 'keydown' | 'click'
  /** An element that is present once it does. */
  selector: string
  /** The element's text; if left out, any will do. */
  text?: string
}

/**
 * Runs in the page: waits for the event, and resolves with the milliseconds from it to the first
 * painted frame that has the content.
 */
export function watchContent({ event, selector, text }: Content): Promise<number> {
  const isShown = () =>
    [...document.querySelectorAll(selector)].some(
      ({ textContent }) => text === undefined || textContent === text,
    )
  return new Promise((resolve) => {
    const handleEvent = ({ timeStamp }: Event) => {
      const checkNextFrame = () =>
        requestAnimationFrame(() => {
          const isInFrame = isShown()
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () =>
            isInFrame ? resolve(performance.now() - timeStamp) : checkNextFrame()
          port2.postMessage(undefined)
        })
      checkNextFrame()
    }
    addEventListener(event, handleEvent, { capture: true, once: true })
  })
}
