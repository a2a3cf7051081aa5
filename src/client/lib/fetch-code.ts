import { describeUnexpectedResponse } from './unexpected-response.ts'

/** A chunk of the page's code failed to load. The message is for the user. */
export class CodeError extends Error {
  override readonly name = 'CodeError'
  /** The server no longer has the chunk, so that only a reload of the page can help. */
  readonly isFinal: boolean

  constructor(message: string, options: ErrorOptions & { isFinal?: boolean } = {}) {
    super(message, options)
    this.isFinal = options.isFinal ?? false
  }
}

const fetches = new Map<string, Promise<void>>()

/** Files that failed to load, whose cached responses may be unusable, too. */
const failed = new Set<string>()

/**
 * Fetches chunks of the page's code into the browser's cache, where `import()` then finds them.
 * Engines before Chromium 156 and Firefox 154 never refetch a module whose first import failed, so
 * a chunk that can't be fetched must not be imported.
 * @throws CodeError if one can't be fetched; the next call retries it
 */
export async function fetchCode(urls: readonly string[]): Promise<void> {
  await Promise.all(urls.map(fetchOnce))
}

/**
 * Fetches chunks, then imports them by `load`. If that fails, the next call fetches them again.
 * @throws CodeError if one can't be fetched
 */
export async function importCode<Module>(
  urls: readonly string[],
  load: () => Promise<Module>,
): Promise<Module> {
  await fetchCode(urls)
  try {
    return await load()
  } catch (error) {
    for (const url of urls) noteFailure(url)
    throw error
  }
}

function fetchOnce(url: string): Promise<void> {
  const started = fetches.get(url) ?? fetchFile(url)
  fetches.set(url, started)
  started.catch(() => noteFailure(url))
  return started
}

function noteFailure(url: string) {
  fetches.delete(url)
  failed.add(url)
}

async function fetchFile(url: string): Promise<void> {
  let response: Response
  try {
    response = await fetch(url, failed.has(url) ? { cache: 'reload' } : {})
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
      { isFinal: true },
    )
  }
  if (!response.ok) {
    throw new CodeError(
      `This part of Lectern couldn’t be loaded: the server responded with ${response.status}. Try again in a moment.`,
    )
  }
  const type = response.headers.get('content-type') ?? ''
  if (!codeTypes.test(type)) {
    throw new CodeError(describeUnexpectedResponse(response.status, type))
  }
  failed.delete(url)
}

const codeTypes = /^(?:text\/css|(?:text|application)\/(?:x-)?(?:java|ecma)script)\b/i
