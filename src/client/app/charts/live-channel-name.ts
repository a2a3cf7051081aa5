/** The BroadcastChannel over which tabs tell each other of their actors. */
export const liveChannelName = 'lectern.live'
