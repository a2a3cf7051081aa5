/** Stands in for an effect that comes by `.provide()`. @throws {Error} always */
export function mustBeProvided(effect: string): never {
  throw new Error(`${effect} must be provided`)
}
