let time = 0

/**
 * Returns a later time on every call, to order the page's requests and the server's responses. A
 * list that was requested after a change was confirmed includes it; an earlier one may not.
 */
export const nextLogicalTime = () => ++time
