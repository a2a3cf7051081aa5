const date = new Intl.DateTimeFormat('en', { dateStyle: 'medium' })

/**
 * Formats the date of a moment, such as `Nov 27, 2026`.
 * @param moment in ISO 8601
 */
export const formatDate = (moment: string): string => date.format(new Date(moment))
