/** Every page's address. */
export const paths = {
  courses: '/',
  course: '/courses/$courseId',
} as const
