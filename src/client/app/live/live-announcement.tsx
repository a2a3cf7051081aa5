import { useAnnouncement } from './announcement.store.ts'

/** Announces what others have changed, when it suits the screen reader. */
export const LiveAnnouncement = () => (
  <span aria-live="polite" data-live-changes className="sr-only">
    {useAnnouncement(({ text }) => text)}
  </span>
)
