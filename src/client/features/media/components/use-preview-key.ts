import { type RefObject, useEffect, useEffectEvent } from 'react'
import { findCommand } from '#client/lib/key-bindings.ts'
import { assetKeys } from '../asset-keys.ts'

/**
 * Hears the key that previews the asset that has the focus. React Aria would select it, so this
 * comes before: a native listener, as React's own would also come before the search for a typed
 * name, whose spaces are not meant.
 */
export function usePreviewKey(
  frame: RefObject<HTMLElement | null>,
  onPreview: (mediaId: string) => void,
) {
  const hearKey = useEffectEvent((event: KeyboardEvent) => {
    const row = event.target instanceof HTMLElement ? event.target : undefined
    const mediaId = row?.role === 'row' ? row.dataset.key : undefined
    if (mediaId === undefined || findCommand(assetKeys, event) !== 'preview') return
    event.preventDefault()
    event.stopPropagation()
    if (!event.repeat) onPreview(mediaId)
  })

  useEffect(() => {
    const listening = new AbortController()
    const { signal } = listening
    frame.current?.addEventListener('keydown', (event) => hearKey(event), { capture: true, signal })
    return () => listening.abort()
  }, [frame])
}
