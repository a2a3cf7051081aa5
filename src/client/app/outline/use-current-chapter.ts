import { useEffect, useState } from 'react'
import type { Chapter } from '#contract/chapters.ts'
import { findChapterSection } from '../scroll-anchor.ts'

/** The id of the chapter being read: the last one whose top has reached the top of the window. */
export function useCurrentChapter(chapters: readonly Chapter[]): string | undefined {
  const [currentId, setCurrentId] = useState<string>()

  useEffect(() => {
    let frame = 0
    const find = () => {
      frame = 0
      setCurrentId(findCurrent(chapters))
    }
    // At most once a frame.
    const findSoon = () => {
      frame ||= requestAnimationFrame(find)
    }
    findSoon()
    window.addEventListener('scroll', findSoon, { passive: true })
    const observer = new ResizeObserver(findSoon)
    observer.observe(document.body)
    return () => {
      cancelAnimationFrame(frame)
      window.removeEventListener('scroll', findSoon)
      observer.disconnect()
    }
  }, [chapters])

  return currentId
}

/** How far below the header's lower edge a chapter counts as reached, in px. */
const reach = 40

function findCurrent(chapters: readonly Chapter[]): string | undefined {
  const { scrollPaddingTop } = getComputedStyle(document.documentElement)
  const line = (Number.parseFloat(scrollPaddingTop) || 0) + reach
  const isReached = ({ id }: Chapter) => {
    const top = findChapterSection(id)?.getBoundingClientRect().top
    return top !== undefined && top <= line
  }
  return (chapters.findLast(isReached) ?? chapters[0])?.id
}
