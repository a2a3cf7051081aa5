/** How a request comes to its end that was held back. */
export type Ending =
  | { is: 'answered' }
  | { is: 'refused'; detail: string }
  | { is: 'lost'; hasArrived: boolean }

/**
 * The page with one video in one chapter, and what is around it: a connection that is there only for
 * moments, a network that holds every change back until it is told how that ends, other people, and time.
 */
export interface VideoPage {
  look: () => Promise<Seen>
  press: (button: string) => Promise<void>
  /** Types a name over the one in the editor. */
  type: (filename: string) => Promise<void>
  /** Has a connection for a moment: what waits for one goes on. */
  connect: () => Promise<void>
  /** The effects whose requests are held back, those that the page has given up included. */
  held: () => string[]
  /** Ends the requests that are held back, and holds none until the next connection. */
  end: (ending: Ending) => Promise<void>
  renameElsewhere: (filename: string) => Promise<void>
  /** Removes the video as somebody else does; the page gets to know of it. */
  removeElsewhere: () => Promise<void>
  passTime: (milliseconds: number) => Promise<void>
}

/** What a person sees of the video. */
export interface Seen {
  rows: SeenRow[]
  /** What can be brought back. */
  notices: { words: string; buttons: string[] }[]
  statusLine: string
  canRetryFailed: boolean
}

export interface SeenRow {
  /** The row's name for a screen reader. */
  name: string
  /** The name in the row, or the text in its editor. */
  filename: string
  isEdited: boolean
  status: string
  /** Where its link stands, in words. */
  words: string
  canRetry: boolean
  /** What becomes of a new name, with what can be chosen. */
  note: { words: string; buttons: string[] } | null
}

/** Reads the document. It stands alone, so that it can be sent into a browser. */
export function seenNow(): Seen {
  const wordsOf = (element: Element | null | undefined) => element?.textContent ?? ''
  const buttonsOf = (element: Element | null | undefined) =>
    [...(element?.querySelectorAll('button') ?? [])].map(
      (button) => button.getAttribute('aria-label') ?? wordsOf(button),
    )
  const rowOf = (row: HTMLElement): SeenRow => {
    const name = row.getAttribute('aria-label') ?? ''
    const editor = row.querySelector('input')
    const texts = [...row.querySelectorAll('p')]
    const filename = editor ? editor.value : wordsOf(texts.shift())
    const [words, note] = texts
    return {
      ...{ name, filename, isEdited: editor !== null },
      ...{ status: row.dataset.status ?? '', words: wordsOf(words) },
      canRetry: buttonsOf(row).includes(`Retry ${name}`),
      note: note ? { words: wordsOf(note), buttons: buttonsOf(note.parentElement) } : null,
    }
  }
  const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)]
  const statusLine = document.querySelector('section [role="status"]')
  return {
    rows: all('[data-video-id]').map(rowOf),
    notices: all('[aria-label="Removed videos"] [data-notice]').map((notice) => ({
      words: wordsOf(notice.querySelector('p')),
      buttons: buttonsOf(notice),
    })),
    statusLine: wordsOf(statusLine),
    canRetryFailed: buttonsOf(statusLine?.parentElement).includes('Retry failed'),
  }
}
