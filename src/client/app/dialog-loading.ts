export const loadMediaLibrary = () => import('../features/media/components/media-library.tsx')
export const loadPlayer = () => import('../features/player/components/player-dialog.tsx')
export const loadConfirmDialog = () => import('../ui/confirm-dialog.tsx')

export function preloadMediaLibrary(): void {
  loadMediaLibrary().catch(ignored)
}

/** Fetches the dialogs' code while nothing else is to be done, so that each opens at once. */
export function preloadDialogs(): () => void {
  const load = () => {
    for (const dialog of [loadMediaLibrary(), loadPlayer(), loadConfirmDialog()]) {
      dialog.catch(ignored)
    }
  }
  // Safari has no idle callback.
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(load, 1000)
    return () => clearTimeout(timer)
  }
  const idle = requestIdleCallback(load)
  return () => cancelIdleCallback(idle)
}

// What could not be fetched ahead is fetched again when it is needed, and fails there where it is seen.
const ignored = () => {}
