import { Fragment, type ReactNode } from 'react'

type AnnouncementProps = {
  /** Differs for each announcement. */
  number: number
  /** The elements with the text. */
  children: ReactNode
}

/**
 * What a live region announces. Each announcement gets elements of its own: text that only stays
 * the same is not announced again.
 */
export const Announcement = ({ number, children }: AnnouncementProps) => (
  <Fragment key={number}>{children}</Fragment>
)
