let time = 0

/**
 * Orders what the page asked for and what it was told: every call answers a later time. A list that
 * was asked for after a change was confirmed knows of that change; one asked for before may not.
 */
export const logicalTime = () => ++time
