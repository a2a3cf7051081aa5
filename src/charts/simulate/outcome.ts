import type { Json } from '../chart.ts'

export function isObject(json: Json): json is Record<string, Json> {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

/** JSON as an object; what is none has nothing in it. */
export function objectOf(json: Json): Record<string, Json> {
  return isObject(json) ? json : {}
}

/** What an answer is called: its `outcome`, after a colon, where it has one. */
export function outcomeName(output: Json): string {
  const { outcome } = objectOf(output)
  return typeof outcome === 'string' ? `: ${outcome}` : ''
}
