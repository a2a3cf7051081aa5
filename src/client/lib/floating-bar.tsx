import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'

const slotId = 'floating-bar'

/** The place of the page's floating bar, among everything else that floats at the bottom. */
export const FloatingBarSlot = () => <div id={slotId} className="contents" />

/** Shows a bar in the slot of the layout, so that it covers nothing else that floats there. */
export function FloatingBar({ label, children }: { label: string; children: ReactNode }) {
  const slot = document.getElementById(slotId)
  return (
    slot &&
    createPortal(
      <section aria-label={label} className="max-w-full">
        {children}
      </section>,
      slot,
    )
  )
}
