/** Placeholder for an effect that `.provide()` has to supply. @throws {Error} always */
export function mustBeProvided(effect: string): never {
  throw new Error(`${effect} must be provided`)
}
