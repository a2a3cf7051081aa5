/** The start failed; the message tells the person at the terminal what to do. */
export class StartError extends Error {
  override readonly name = 'StartError'
  readonly exitCode: number

  constructor(message: string, exitCode = 1, options?: ErrorOptions) {
    super(message, options)
    this.exitCode = exitCode
  }
}

/** The exit code for a command line that can't be understood. */
export const usageExitCode = 2

/**
 * Prints why the start failed, and ends the process. Checks the error's name instead of its class:
 * in development, Vite loads a second copy of the class.
 */
export function exitWithError(error: unknown): never {
  const isExplained = error instanceof Error && error.name === 'StartError'
  console.error(isExplained ? `\n${error.message}` : error)
  process.exit(isExplained && 'exitCode' in error ? Number(error.exitCode) : 1)
}
