/** Any JSON value. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** Converts a value to JSON; null if JSON can't represent it, such as a function or a cycle. */
export function toJson(value: unknown): Json {
  try {
    return value === undefined ? null : (JSON.parse(JSON.stringify(value) ?? 'null') as Json)
  } catch {
    return null
  }
}

/** Whether a JSON value is an object, rather than an array, `null` or a plain value. */
export function isObject(json: Json): json is Record<string, Json> {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

/** Returns a JSON object unchanged, and an empty object for any other value. */
export function toObject(json: Json): Record<string, Json> {
  return isObject(json) ? json : {}
}
