import type { RequestKind } from '#machines/next-request.ts'

/** How a held request ends. */
export type Ending =
  | { outcome: 'answered' }
  | { outcome: 'refused'; detail: string }
  | { outcome: 'lost'; hasArrived: boolean }

/**
 * The page with one video in one chapter, and its environment: a browser that is offline except for
 * moments, so that retries wait; a network that holds every change until the test ends it; other
 * people; and time.
 */
export interface VideoPage {
  look: () => Promise<Seen>
  press: (button: string) => Promise<void>
  /** Replaces the name in the editor. */
  type: (filename: string) => Promise<void>
  /** Goes online for a moment, so that a waiting retry is sent. */
  connect: () => Promise<void>
  /** The kinds of the held requests. */
  held: () => RequestKind[]
  /** Ends the held requests of these kinds; later ones are held again. */
  end: (kinds: readonly RequestKind[], ending: Ending) => Promise<void>
  renameElsewhere: (filename: string) => Promise<void>
  /** Removes the video as someone else would, without notifying the page. */
  removeElsewhere: () => Promise<void>
  passTime: (milliseconds: number) => Promise<void>
}

/** What a person sees on the page. */
export interface Seen {
  rows: SeenRow[]
  /** Notices that offer to undo a removal. */
  notices: { text: string; buttons: string[] }[]
  statusLine: string
  canRetryFailed: boolean
}

export interface SeenRow {
  /** The row's accessible name. */
  name: string
  /** The name in the row, or the text in its editor. */
  filename: string
  isEdited: boolean
  status: string
  /** The text that describes the state of its link. */
  text: string
  canRetry: boolean
  /** The note about a new name, and its buttons. */
  note: { text: string; buttons: string[] } | null
}

/** Reads the page. It has no dependencies, so that it can be evaluated in a browser. */
export function readSeen(): Seen {
  const readText = (element: Element | null | undefined) => element?.textContent ?? ''
  const listButtons = (element: Element | null | undefined) =>
    [...(element?.querySelectorAll('button') ?? [])].map(
      (button) => button.getAttribute('aria-label') ?? readText(button),
    )
  const readRow = (row: HTMLElement): SeenRow => {
    const name = row.getAttribute('aria-label') ?? ''
    const editor = row.querySelector('input')
    const paragraphs = [...row.querySelectorAll('p')]
    const paragraphAt = (depth: number) =>
      paragraphs.find((paragraph) => {
        let ancestor: Element | null = paragraph
        for (let step = 0; step < depth; step += 1) ancestor = ancestor?.parentElement ?? null
        return ancestor === row
      })
    const filename = editor ? editor.value : readText(paragraphAt(1))
    const text = paragraphAt(2)
    const note = paragraphAt(3)
    return {
      name,
      filename,
      isEdited: editor !== null,
      status: row.dataset.status ?? '',
      text: readText(text),
      canRetry: listButtons(row).includes(`Retry ${name}`),
      note: note ? { text: readText(note), buttons: listButtons(note.parentElement) } : null,
    }
  }
  const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)]
  const statusLine = document.querySelector('section [role="status"]')
  return {
    rows: all('[data-video-id]').map(readRow),
    notices: all('[data-notice="remove"]').map((notice) => ({
      text: readText(notice.querySelector('p')),
      buttons: listButtons(notice),
    })),
    statusLine: readText(statusLine),
    canRetryFailed: listButtons(statusLine?.parentElement).includes('Retry failed'),
  }
}
