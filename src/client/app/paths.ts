/** Every page's address. */
export const paths = {
  courses: '/',
  course: '/courses/$courseId',
  charts: '/charts',
} as const
