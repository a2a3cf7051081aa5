import { Announcement } from '#ui/announcement.tsx'
import { useAnnouncement } from './announcement.store.ts'

/** Announces what others have changed, without interrupting the screen reader. */
export function LiveAnnouncement() {
  const { number, text } = useAnnouncement()
  return (
    <span aria-live="polite" data-live-changes className="sr-only">
      <Announcement number={number}>
        <span>{text}</span>
      </Announcement>
    </span>
  )
}
