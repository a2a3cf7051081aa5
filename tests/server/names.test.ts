import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { filenameSchema, titleSchema } from '#contract/names.ts'
import { test as serverTest } from '../support/server-test.ts'

const invisible = 'Use at least one visible character'
const bidirectional = 'Remove the invisible characters that change the text direction'
const control = 'Remove line breaks, tabs and other control characters'

/** Returns the messages about a name, or the name as it is stored. */
function validate(schema: typeof titleSchema, name: string): string | string[] {
  const { success, data, error } = schema.safeParse(name)
  return success ? data : error.issues.map(({ message }) => message)
}

describe.for([
  ['filename', filenameSchema],
  ['title', titleSchema],
] as const)('a %s', ([, schema]) => {
  test.for([
    ['a zero-width space', '\u200b', [invisible]],
    ['spaces and joiners', ' \u200d\u200c \u2060 ', [invisible]],
    ['a soft hyphen', '\u00ad', [invisible]],
    ['Hangul fillers', '\u115f\u3164\uffa0', [invisible]],
    ['a blank braille pattern', '\u2800', [invisible]],
    ['a jamo filler', '\u1160', [invisible]],
    ['an object’s placeholder', '\ufffc', [invisible]],
    ['a musical null notehead', '\u{1d159}', [invisible]],
    ['blank hieroglyphs', '\u{13441}\u{13442}', [invisible]],
    ['private characters', '\ue000\uf8ff', [invisible]],
    ['private characters of the planes 15 and 16', '\u{f0000}\u{10fffd}', [invisible]],
    ['noncharacters', '\ufdd0\ufffe\u{1ffff}', [invisible]],
    ['an accent without a letter', '\u0301', [invisible]],
    ['a variation selector', '\ufe0f', [invisible]],
    ['an override', 'lesson\u202e4pm.exe', [bidirectional]],
    ['an embedding', 'a\u202bb\u202cc', [bidirectional]],
    ['an isolate', 'a\u2067b\u2069c', [bidirectional]],
    ['a line separator', 'a\u2028b', [control]],
    ['a paragraph separator', 'a\u2029b', [control]],
    ['a delete character', 'a\u007fb', [control]],
  ] as const)('can’t be or have %s', ([, name, problems]) => {
    expect(validate(schema, name)).toEqual(problems)
  })

  test.for([
    ['a Persian word with a non-joiner', 'می\u200cخواهم'],
    ['a Sinhala word with a joiner', 'ශ්\u200dරී'],
    ['a family', '👨\u200d👩\u200d👧'],
    ['a heart in colour', '❤\ufe0f'],
    ['a flag made of tags', '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}'],
    ['a keycap', '1\ufe0f\u20e3'],
    ['a Hebrew name with a direction mark', 'שיעור\u200f (1)'],
    ['an ideograph with a variant', '葛\u{e0100}'],
    ['a letter of a newer Unicode', '\u0378'],
    ['a private character beside a letter', '\ue000 one'],
    ['a symbol alone', '+'],
    ['a number alone', '①'],
    ['a punctuation mark alone', '!'],
    ['a decomposed name', 'e\u0301'],
  ])('can be %s', ([, name = '']) => {
    expect(validate(schema, name)).toBe(name)
  })

  const hidden = fc.string({
    unit: fc.constantFrom(
      ' ',
      '\u00a0',
      '\u200b',
      '\u200c',
      '\u200d',
      '\ufeff',
      '\u2060',
      '\ufe0f',
    ),
  })

  test('needs a visible character among hidden ones', async () => {
    await fc.assert(
      fc.property(
        hidden,
        fc.constantFrom('a', 'א', '字', '🎬', '٣'),
        hidden,
        (before, visible, after) => {
          expect(schema.safeParse(before + after).success).toBe(false)
          const name = before + visible + after
          expect(validate(schema, name)).toBe(name.trim())
        },
      ),
    )
  })

  test('that was accepted is accepted again unchanged', async () => {
    await fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (name) => {
        const { success, data } = schema.safeParse(name)
        if (success) expect(validate(schema, data)).toBe(data)
        else expect(validate(schema, name)).not.toEqual([])
      }),
    )
  })
})

serverTest('the API uses the same messages as the page', async ({ server }) => {
  const refusals: unknown[] = []
  for (const title of ['\u200b', 'a\u202eb']) {
    const answer = await server.send('POST /api/courses', { body: { title } })
    const { status, errors } = await answer.json()
    refusals.push([status, errors])
  }
  expect(refusals).toEqual([
    [400, [{ path: 'body.title', message: invisible }]],
    [400, [{ path: 'body.title', message: bidirectional }]],
  ])
})
