/** A chunk of the page's code failed to load. The message is for the user. */
export class CodeError extends Error {
  override readonly name = 'CodeError'
}

const fetches = new Map<string, Promise<void>>()

/**
 * Fetches chunks of the page's code into the browser's cache, where `import()` then finds them.
 * Engines before Chromium 156 and Firefox 154 never refetch a module whose first import failed, so
 * a chunk that can't be fetched must not be imported.
 * @throws CodeError if one can't be fetched; the next call retries it
 */
export async function fetchCode(urls: readonly string[]): Promise<void> {
  await Promise.all(urls.map(fetchOnce))
}

function fetchOnce(url: string): Promise<void> {
  const started = fetches.get(url) ?? fetchFile(url)
  fetches.set(url, started)
  started.catch(() => fetches.delete(url))
  return started
}

async function fetchFile(url: string): Promise<void> {
  let response: Response
  try {
    response = await fetch(url)
    // A file is cached only after it was read to the end.
    await response.arrayBuffer()
  } catch (cause) {
    throw new CodeError(
      'This part of Lectern couldn’t be loaded. Check your connection, then try again.',
      {
        cause,
      },
    )
  }
  if (response.status === 404 || response.status === 410) {
    throw new CodeError(
      'Lectern was updated on the server. Finish what you are typing, then reload the page.',
    )
  }
  if (!response.ok) {
    throw new CodeError(
      `This part of Lectern couldn’t be loaded: the server responded with ${response.status}. Try again in a moment.`,
    )
  }
}
