import { useAnnouncement } from './announcement.store.ts'

/** Announces what others have changed, without interrupting the screen reader. */
export const LiveAnnouncement = () => (
  <span aria-live="polite" data-live-changes className="sr-only">
    {useAnnouncement(({ text }) => text)}
  </span>
)
