import type { Chapter } from '#contract/chapters.ts'
import type { Course } from '#contract/courses.ts'

/** A course as the server last returned it, with chapters that it returned before. */
export interface CachedCourse extends Course {
  /** Chapters that someone else has since removed. Text typed in them is still on the page. */
  removedElsewhere?: Chapter[] | undefined
}
