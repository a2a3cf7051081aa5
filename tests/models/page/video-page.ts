import type { RequestKind } from '#machines/next-request.ts'

/** How a request comes to its end that was held back. */
export type Ending =
  | { is: 'answered' }
  | { is: 'refused'; detail: string }
  | { is: 'lost'; hasArrived: boolean }

/**
 * The page with one video in one chapter, and its environment: a browser that believes to be
 * offline but for moments, so that retries wait; a network that holds every change back until it is
 * told how that ends; other people, and time.
 */
export interface VideoPage {
  look: () => Promise<Seen>
  press: (button: string) => Promise<void>
  /** Types a name over the one in the editor. */
  type: (filename: string) => Promise<void>
  /** Goes online for a moment: a retry that waits is sent. */
  connect: () => Promise<void>
  /** The kinds of requests that are held back. */
  held: () => RequestKind[]
  /** Ends the requests of these kinds that are held back; later ones are held again. */
  end: (kinds: readonly RequestKind[], ending: Ending) => Promise<void>
  renameElsewhere: (filename: string) => Promise<void>
  /** Removes the video as somebody else does, without telling the page. */
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
    const paragraphs = [...row.querySelectorAll('p')]
    const paragraphAt = (depth: number) =>
      paragraphs.find((one) => {
        let ancestor: Element | null = one
        for (let step = 0; step < depth; step += 1) ancestor = ancestor?.parentElement ?? null
        return ancestor === row
      })
    const filename = editor ? editor.value : wordsOf(paragraphAt(1))
    const words = paragraphAt(2)
    const note = paragraphAt(3)
    return {
      name,
      filename,
      isEdited: editor !== null,
      status: row.dataset.status ?? '',
      words: wordsOf(words),
      canRetry: buttonsOf(row).includes(`Retry ${name}`),
      note: note ? { words: wordsOf(note), buttons: buttonsOf(note.parentElement) } : null,
    }
  }
  const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)]
  const statusLine = document.querySelector('section [role="status"]')
  return {
    rows: all('[data-video-id]').map(rowOf),
    notices: all('[data-notice="remove"]').map((notice) => ({
      words: wordsOf(notice.querySelector('p')),
      buttons: buttonsOf(notice),
    })),
    statusLine: wordsOf(statusLine),
    canRetryFailed: buttonsOf(statusLine?.parentElement).includes('Retry failed'),
  }
}
