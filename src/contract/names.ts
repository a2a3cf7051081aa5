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
    .refine((text) => !lineControl.test(text), {
      error: 'Remove line breaks, tabs and other control characters',
    })
    .refine((text) => !directionControl.test(text), {
      error: 'Type it without the invisible characters that turn text around',
    })
    .refine((text) => text === '' || visible.test(text), {
      error: 'Use at least one visible character',
    })

const lineControl = /[\p{Cc}\u2028\u2029]/u

/**
 * The embeddings, overrides and isolates of the bidirectional algorithm, which no keyboard types:
 * with them `lesson<RLO>4pm.exe` reads as `lessonexe.mp4`. The marks LRM, RLM and ALM may stay:
 * they order the punctuation of right-to-left names, and can't turn a word around.
 */
const directionControl = /[\u202a-\u202e\u2066-\u2069]/u

/**
 * A character with something to see: a letter, a number, a punctuation mark or a symbol. Marks and
 * what joins letters and emoji (ZWJ, ZWNJ, variation selectors) are fine beside one, and so are
 * private characters, which most fonts lack. Unassigned characters count, as a newer Unicode may
 * have them. So do controls and halves of surrogate pairs, which have rules of their own. The code
 * points are letters and symbols that are blank: in Braille, in music, in hieroglyphs, and for an
 * object.
 */
const visible = /[^\p{DI}\p{Z}\p{M}\p{Cf}\p{Co}\p{NChar}\u2800\ufffc\u{1d159}\u{13441}\u{13442}]/u

/**
 * The name that a linked video shows in its chapter: trimmed, 1 to 255 Unicode code points, one of
 * them visible, none of them a control character, a direction control, `/` or `\`.
 */
export const filenameSchema = namedText('Filename').refine((text) => !/[/\\]/.test(text), {
  error: 'Remove / and \\: a filename can’t contain them',
})

/**
 * A course's or a chapter's title: trimmed, 1 to 255 Unicode code points, one of them visible, none
 * of them a control character or a direction control.
 */
export const titleSchema = namedText('Title')
