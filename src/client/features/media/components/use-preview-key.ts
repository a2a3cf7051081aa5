import { type RefObject, useEffect, useEffectEvent } from 'react'
import { findCommand } from '#client/lib/key-bindings.ts'
import { assetKeys } from '../asset-keys.ts'

/**
 * Handles the key that previews the focused asset. React Aria would select the asset, so a native
 * capture listener runs first. A capture handler of React's would also run before the typeahead,
 * which handles spaces in a typed name.
 */
export function usePreviewKey(
  frame: RefObject<HTMLElement | null>,
  onPreview: (mediaId: string) => void,
) {
  const handleKey = useEffectEvent((event: KeyboardEvent) => {
    const row = event.target instanceof HTMLElement ? event.target : undefined
    const mediaId = row?.role === 'row' ? row.dataset.key : undefined
    if (mediaId === undefined || findCommand(assetKeys, event) !== 'preview') return
    event.preventDefault()
    event.stopPropagation()
    onPreview(mediaId)
  })

  useEffect(() => {
    const listening = new AbortController()
    const { signal } = listening
    frame.current?.addEventListener('keydown', (event) => handleKey(event), {
      capture: true,
      signal,
    })
    return () => listening.abort()
  }, [frame])
}
