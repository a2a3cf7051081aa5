/** What is to be on the page after an event. */
export interface Content {
  event: 'keydown' | 'click'
  /** An element that is there once it is. */
  selector: string
  /** What the element says; left out if it may say anything. */
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
    const hear = ({ timeStamp }: Event) => {
      const look = () =>
        requestAnimationFrame(() => {
          const isInFrame = isShown()
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => (isInFrame ? resolve(performance.now() - timeStamp) : look())
          port2.postMessage(undefined)
        })
      look()
    }
    addEventListener(event, hear, { capture: true, once: true })
  })
}
