import { z } from './zod.ts'

const maxNameLength = 255

const namedText = (subject: string) =>
  z
    .string({ error: `${subject} must be text` })
    .trim()
    .min(1, { error: `Type a ${subject.toLowerCase()}` })
    .refine((text) => [...text].length <= maxNameLength, {
      error: `Use at most ${maxNameLength} characters`,
    })
    .refine((text) => text.isWellFormed(), {
      error: 'Remove the broken character: half of a surrogate pair can’t be stored',
    })
    .refine((text) => !/\p{Cc}/u.test(text), {
      error: 'Remove line breaks, tabs and other control characters',
    })

/**
 * The name that a linked video shows in its chapter: trimmed, 1 to 255 Unicode code points, none of them
 * a control character, `/` or `\`.
 */
export const filenameSchema = namedText('Filename').refine((text) => !/[/\\]/.test(text), {
  error: 'Remove / and \\: a filename can’t contain them',
})

/** A course's or a chapter's title: trimmed, 1 to 255 Unicode code points, no control characters. */
export const titleSchema = namedText('Title')
