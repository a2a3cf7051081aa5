import type { Chapter } from '#contract/chapters.ts'
import type { Course } from '#contract/courses.ts'

/** A course as the server described it last, and which of its chapters it has described before. */
export interface CachedCourse extends Course {
  /** Chapters that somebody else has removed since. What was typed in them is still on the page. */
  removedElsewhere?: Chapter[] | undefined
}
