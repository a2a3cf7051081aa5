import { findMatches, searchWords } from '#shared/search-match.ts'

/** The name of the highlight in the style sheet. */
const highlightName = 'found'

/**
 * Marks a row, and the search text in its name, until the focus leaves it. Not through props, since
 * there are hundreds of rows.
 */
export function markFound(row: HTMLElement, search: string) {
  const marking = new AbortController()
  row.dataset.found = ''
  highlight(row.querySelector('[data-filename]')?.firstChild, search)
  row.addEventListener(
    'focusout',
    ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && row.contains(relatedTarget)) return
      marking.abort()
      delete row.dataset.found
      CSS.highlights?.delete(highlightName)
    },
    { signal: marking.signal },
  )
}

function highlight(name: Node | null | undefined, search: string) {
  // Older browsers don't support highlights; the row is marked anyway.
  if (!name || !('highlights' in CSS)) return
  const ranges = findMatches(name.textContent ?? '', searchWords(search)).map(
    ({ start, end }) =>
      new StaticRange({
        startContainer: name,
        startOffset: start,
        endContainer: name,
        endOffset: end,
      }),
  )
  CSS.highlights.set(highlightName, new Highlight(...ranges))
}
