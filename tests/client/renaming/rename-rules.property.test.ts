import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRenamer, type RenameRule } from '#client/features/videos/renaming/rename-rules.ts'

const names = fc.string({ unit: 'grapheme', maxLength: 60 })
const indices = fc.nat(500)
const apply = (name: string, ...rules: RenameRule[]) => createRenamer(rules)(name, 0)

test('stripping the added numbers restores the name', () => {
  const words = names.filter((name) => /^\p{L}/u.test(name))
  fc.assert(
    fc.property(words, indices, fc.integer({ min: 1, max: 9 }), (name, start, digits) => {
      const numbered = apply(name, { kind: 'addNumbering', start, digits })
      expect(apply(numbered, { kind: 'stripNumbering' })).toBe(name)
    }),
  )
})

test('a template of the name and its extension leaves the name unchanged', () => {
  const template: RenameRule = { kind: 'template', template: '{name}.{ext}', start: 1 }
  const files = fc.tuple(names, fc.constantFrom('', '.mp4', '.MOV')).map((parts) => parts.join(''))
  fc.assert(
    fc.property(files, (name) => {
      expect(apply(name, template)).toBe(name)
    }),
  )
})

test('replacing any text by itself changes nothing', () => {
  const parts = fc.tuple(names, names, names)
  fc.assert(
    fc.property(parts, ([before, find, after]) => {
      const replace = { kind: 'replace', find, isExpression: false, firstOnly: false } as const
      const rule: RenameRule = { ...replace, replacement: find, matchesCase: true }
      expect(apply(before + find + after, rule)).toBe(before + find + after)
    }),
  )
})

test('changing the letter case twice is the same as once', () => {
  const styles = fc.constantFrom('sentence', 'title', 'lower', 'upper')
  const ascii = fc.string({ unit: 'grapheme-ascii', maxLength: 60 })
  fc.assert(
    fc.property(ascii, styles, (name, style) => {
      const rule: RenameRule = { kind: 'changeCase', style, locale: 'en' }
      expect(apply(name, rule, rule)).toBe(apply(name, rule))
    }),
  )
})

test('rules rename each row independently of the others', () => {
  const rules: RenameRule[] = [
    { kind: 'stripNumbering' },
    { kind: 'addNumbering', start: 3, digits: 2 },
  ]
  fc.assert(
    fc.property(fc.array(names), (all) => {
      const together = all.map(createRenamer(rules))
      expect(all.map((name, index) => createRenamer(rules)(name, index))).toEqual(together)
    }),
  )
})
