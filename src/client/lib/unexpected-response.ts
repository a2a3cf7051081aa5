/** Says that a response is not what was asked for; a web page is most likely a sign-in page. */
export const describeUnexpectedResponse = (status: number, contentType: string): string =>
  contentType.toLowerCase().includes('html')
    ? `Lectern received a web page instead of a response (${status}). You may need to sign in to a proxy or network, then try again.`
    : `The server sent an unexpected response (${status}). Try again in a moment.`
