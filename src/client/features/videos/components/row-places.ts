import type { Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect } from 'react'
import type { RowList } from '../rubber-band.ts'

type ReadRows = () => RowList | null

const readers = new Map<string, ReadRows>()

/** Reads the positions of the chapters' rows on the page, mounted or not, in chapter order. */
export const readRowLists = (chapterIds: readonly string[]): RowList[] =>
  chapterIds.flatMap((chapterId) => readers.get(chapterId)?.() ?? [])

/** Lets the page read the positions of a chapter's rows. */
export function useRowPlaces(
  chapterId: string,
  list: RefObject<HTMLElement | null>,
  virtualizer: Virtualizer<Window, HTMLLIElement>,
) {
  useEffect(() => {
    readers.set(chapterId, () => readRows(list.current, virtualizer))
    return () => {
      readers.delete(chapterId)
    }
  }, [chapterId, list, virtualizer])
}

function readRows(
  list: HTMLElement | null,
  virtualizer: Virtualizer<Window, HTMLLIElement>,
): RowList | null {
  const box = list?.getBoundingClientRect()
  // The rows of a collapsed chapter have no position.
  if (!box || box.width === 0) return null
  // Rebuilds the measurements, if rows have been measured since they were rendered.
  virtualizer.getTotalSize()
  return {
    left: box.left + window.scrollX,
    right: box.right + window.scrollX,
    top: box.top + window.scrollY - virtualizer.options.scrollMargin,
    rows: virtualizer.measurementsCache,
  }
}
