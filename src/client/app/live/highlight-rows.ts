import type { ChangedIds } from './announcement.store.ts'

/** The most rows that are pointed out: more of them are no hint any more. */
const maxRows = 50

/**
 * Points out the rows and chapters that others have changed, by a short animation. Not by
 * properties of the row: there are hundreds of rows.
 */
export function highlightRows({ chapter, video }: Omit<ChangedIds, 'course'>): void {
  const selectors = [
    ...[...video].map((id) => `[data-video-id="${id}"]`),
    ...[...chapter].map((id) => `[data-chapter-id="${id}"] > [data-chapter-header]`),
  ]
  if (selectors.length === 0 || selectors.length > maxRows) return
  // New rows are there once they were rendered.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      for (const element of document.querySelectorAll<HTMLElement>(selectors.join())) {
        highlight(element)
      }
    }),
  )
}

function highlight(element: HTMLElement) {
  element.dataset.changedElsewhere = ''
  const end = () => {
    delete element.dataset.changedElsewhere
  }
  const running = element.getAnimations()
  // Without motion there is none.
  if (running.length === 0) end()
  else void Promise.allSettled(running.map(({ finished }) => finished)).then(end)
}
