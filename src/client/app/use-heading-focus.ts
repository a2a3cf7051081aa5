import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'

/** After a change of page, the keyboard and the screen reader go on at the new page's heading. */
export function useHeadingFocus() {
  const router = useRouter()
  useEffect(
    () =>
      router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
        if (!fromLocation || !pathChanged) return
        focusHeading()
      }),
    [router],
  )
}

/** Where to go on when what had the focus is gone. */
export function focusHeading() {
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
}
