import { memo, type Ref } from 'react'
import { RowContent, type RowContentProps } from './row-content.tsx'

type VideoRowProps = RowContentProps & {
  index: number
  count: number
  offset: number
  measure: Ref<HTMLLIElement>
}

/**
 * One linked video. A change of its place or of the list's length re-renders only this element,
 * since hundreds may be mounted.
 */
export const VideoRow = memo(function VideoRow(props: VideoRowProps) {
  const { index, count, offset, measure, ...content } = props
  const { video, isTabStop, isSelected } = content
  return (
    <li
      ref={measure}
      aria-label={video.filename}
      aria-posinset={index + 1}
      aria-setsize={count}
      tabIndex={isTabStop ? 0 : -1}
      data-index={index}
      data-video-id={video.id}
      data-status={video.status}
      data-selected={isSelected || undefined}
      // On paper the page has a different width, and breaks between rows.
      className="video-row break-inside-avoid print:static print:transform-none! print:[content-visibility:visible] absolute inset-x-0 top-0 grid grid-cols-[4rem_minmax(0,1fr)_auto] items-start gap-x-3 border-b border-line px-3 py-2 max-sm:grid-cols-[3rem_minmax(0,1fr)_auto] max-sm:gap-x-2 max-sm:px-2 max-sm:py-1.5"
      style={{ transform: `translateY(${offset}px)` }}
    >
      <RowContent {...content} />
    </li>
  )
})
