/** Why Lectern can't start, in a sentence for the person at the terminal. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

/**
 * Tells a person why the start failed, and ends the process. It goes by the error's name: in development Vite loads
 * what throws, and has a class of its own for it.
 */
export function exitWithError(error: unknown): never {
  const isExplained = error instanceof Error && error.name === 'StartError'
  console.error(isExplained ? `\n${error.message}` : error)
  process.exit(1)
}
