const spoken: [RegExp, string][] = [
  [/^xstate\.init$/, 'starts'],
  [/^xstate\.stop$/, 'stops'],
  [/^xstate\.done\.actor\.(.+)$/, 'done: $1'],
  [/^xstate\.error\.actor\.(.+)$/, 'error: $1'],
  [/^xstate\.snapshot\.(.+)$/, 'snapshot: $1'],
  [/^xstate\.after\.([^.]+)\..+$/, 'after $1'],
]

/** An event of XState's own in the words that the chart has for it; every other one as it is. */
export function eventLabel(event: string): string {
  const [pattern, words] = spoken.find(([candidate]) => candidate.test(event)) ?? [/$/, '']
  return event.replace(pattern, words)
}
