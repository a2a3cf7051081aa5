export const loadMediaLibrary = () => import('../features/media/components/media-library.tsx')
export const loadPlayer = () => import('../features/player/components/player-dialog.tsx')
export const loadConfirmDialog = () => import('#ui/confirm-dialog.tsx')

/** Fetches the picker's code while a hand is on its way to the button that opens it. */
export function preloadMediaLibrary(): void {
  // What could not be fetched ahead is fetched again when it is opened, and fails there where it is seen.
  loadMediaLibrary().catch(() => {})
}
