/** The BroadcastChannel over which tabs tell each other of their actors. */
export const liveChannelName = 'lectern.live'

/** What other tabs know this one by. */
export const thisTab = crypto.randomUUID()
