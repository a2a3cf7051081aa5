/** Why Lectern can't start, in a sentence for the person at the terminal. */
export class StartError extends Error {}

/** Tells a person why the start failed, and ends the process. */
export function giveUp(error: unknown): never {
  console.error(error instanceof StartError ? `\n${error.message}` : error)
  process.exit(1)
}
