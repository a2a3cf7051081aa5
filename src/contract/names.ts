import { visibleCharacter } from '#shared/visible-character.ts'
import { z } from './zod.ts'

const maxNameLength = 255
const maxTagLength = 50

const createNameSchema = (subject: string, maxLength = maxNameLength) =>
  z
    .string({ error: `${subject} must be text` })
    .trim()
    .min(1, { error: `Enter a ${subject.toLowerCase()}` })
    .refine((text) => [...text].length <= maxLength, {
      error: `Use at most ${maxLength} characters`,
    })
    .refine((text) => text.isWellFormed(), {
      error: 'Remove the broken character (an unpaired surrogate)',
    })
    .refine((text) => !lineControl.test(text), {
      error: 'Remove line breaks, tabs and other control characters',
    })
    .refine((text) => !directionControl.test(text), {
      error: 'Remove the invisible characters that change the text direction',
    })
    .refine((text) => text === '' || visibleCharacter.test(text), {
      error: 'Use at least one visible character',
    })

const lineControl = /[\p{Cc}\u2028\u2029]/u

/**
 * The embeddings, overrides and isolates of the bidirectional algorithm. No keyboard types them,
 * and they make `lesson<RLO>4pm.exe` read as `lessonexe.mp4`. The marks LRM, RLM and ALM are
 * allowed: they place the punctuation of right-to-left names, and can't reverse a word.
 */
const directionControl = /[\u202a-\u202e\u2066-\u2069]/u

/**
 * The name that a linked video shows in its chapter: trimmed, 1 to 255 Unicode code points, at
 * least one of them visible, none of them a control character, a direction control, `/` or `\`.
 */
export const filenameSchema = createNameSchema('Filename').refine((text) => !/[/\\]/.test(text), {
  error: 'Remove / and \\: a filename can’t contain them',
})

/**
 * The title of a course or chapter: trimmed, 1 to 255 Unicode code points, at least one of them
 * visible, none of them a control character or a direction control.
 */
export const titleSchema = createNameSchema('Title')

/** A tag of media assets: like a title, but with at most 50 Unicode code points. */
export const tagSchema = createNameSchema('Tag', maxTagLength)
