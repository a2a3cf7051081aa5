import { type RefObject, useEffect, useEffectEvent, useState } from 'react'
import type { GridLayout } from 'react-aria-components/Virtualizer'
import { createElementScroller } from '#client/lib/page-drag.ts'
import { BandOutline } from '#client/lib/rubber-band/band-outline.tsx'
import type { Box, Point } from '#client/lib/rubber-band/box.ts'
import { isBlankPage, isBlankWithin, selectByBand } from '#client/lib/rubber-band/select-by-band.ts'
import type { BandPress, BandSelection } from '#client/lib/rubber-band/stretch-band.ts'
import type { MediaAsset } from '#contract/media.ts'
import type { Keys } from '../update-picks.ts'

type AssetBandProps = {
  /** Contains the grid. */
  frame: RefObject<HTMLElement | null>
  layout: GridLayout<MediaAsset>
  media: readonly MediaAsset[]
  selectedKeys: Keys
  disabledKeys: ReadonlySet<string>
  /** A band adds to the selection, as a click does. */
  isAlwaysAdding: boolean
  onSelect: (keys: Keys) => void
}

/** Draws a rubber band, and selects the assets that it touches, mounted or not. */
export function AssetBand({ frame, layout, ...props }: AssetBandProps) {
  const [band, setBand] = useState<Box | null>(null)
  const findTouched = useEffectEvent((box: Box) =>
    props.media
      .map(({ id }) => id)
      .filter(
        (id) => !props.disabledKeys.has(id) && isTouched(box, layout.getLayoutInfo(id)?.rect),
      ),
  )
  const select = useEffectEvent((keys: Keys) => props.onSelect(keys))
  const begin = useEffectEvent(({ isAdding }: BandPress): BandSelection => {
    const before = props.selectedKeys
    const isKept = isAdding || props.isAlwaysAdding
    return {
      select: (touched) => select(new Set([...(isKept ? before : []), ...touched])),
      release: (last) => {
        if (last !== undefined) findRow(frame.current, last)?.focus({ preventScroll: true })
      },
      cancel: () => select(before),
    }
  })

  useEffect(() => {
    const readGrid = () => frame.current?.querySelector('[role="grid"]') ?? null
    return selectByBand({
      isBlank: (target) => isBlank(target, readGrid()),
      readOrigin: () => readOrigin(readGrid()),
      readScroller: () => {
        const grid = readGrid()
        return grid ? createElementScroller(grid) : undefined
      },
      findTouched: (box) => findTouched(box),
      begin: (press) => begin(press),
      onChange: setBand,
    })
  }, [frame])

  return band && <BandOutline {...band} />
}

/** Whether a press hits blank space between the assets, or around them in their dialog or page. */
function isBlank(target: Element, grid: Element | null): boolean {
  if (isBlankWithin(target, grid)) return true
  const dialog = grid?.closest('[role="dialog"]')
  return dialog ? isBlankWithin(target, dialog) : isBlankPage(target)
}

function readOrigin(grid: Element | null): Point {
  const { left, top } = grid?.getBoundingClientRect() ?? new DOMRect()
  return { x: left - (grid?.scrollLeft ?? 0), y: top - (grid?.scrollTop ?? 0) }
}

function isTouched(
  box: Box,
  rect: { x: number; y: number; maxX: number; maxY: number } | undefined,
) {
  if (!rect) return false
  return rect.x < box.right && box.left < rect.maxX && rect.y < box.bottom && box.top < rect.maxY
}

const findRow = (frame: Element | null, id: string) =>
  frame?.querySelector<HTMLElement>(`[role="row"][data-key="${CSS.escape(id)}"]`)
