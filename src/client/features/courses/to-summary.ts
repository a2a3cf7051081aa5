import type { Course, CourseSummary } from '#contract/courses.ts'

/** A course as shown in a list. */
export const toSummary = ({ chapters, ...course }: Course): CourseSummary => ({
  ...course,
  chapterCount: chapters.length,
  videoCount: chapters.reduce((sum, { videoCount = 0 }) => sum + videoCount, 0),
})
