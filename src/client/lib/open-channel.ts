/** The part of BroadcastChannel that is used here. */
export type Channel = Pick<
  BroadcastChannel,
  'addEventListener' | 'close' | 'onmessage' | 'postMessage' | 'removeEventListener'
> & {
  /** Whether it reaches no other tab. */
  isInert: boolean
}

/** Opens a channel between tabs. It is inert where the browser forbids them. */
export function openChannel(name: string): Channel {
  try {
    return Object.assign(new BroadcastChannel(name), { isInert: false })
  } catch {
    return createInertChannel()
  }
}

const createInertChannel = (): Channel => ({
  isInert: true,
  onmessage: null,
  addEventListener() {},
  removeEventListener() {},
  postMessage() {},
  close() {},
})
