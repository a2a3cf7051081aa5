import type { ChangedIds } from './announcement.store.ts'

/** The maximum number of rows to highlight: more would not be a useful hint. */
const maxRows = 50

/**
 * Highlights the rows and chapters that others have changed with a short animation. It sets
 * attributes on the elements instead of passing props, as there are hundreds of rows.
 */
export function highlightRows({ chapter, video }: Omit<ChangedIds, 'course'>): void {
  const selectors = [
    ...[...video].map((id) => `[data-video-id="${id}"]`),
    ...[...chapter].map((id) => `[data-chapter-id="${id}"] > [data-chapter-header]`),
  ]
  if (selectors.length === 0 || selectors.length > maxRows) return
  // Wait until new rows have been rendered.
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
  // With reduced motion there is no animation.
  if (running.length === 0) end()
  else void Promise.allSettled(running.map(({ finished }) => finished)).then(end)
}
