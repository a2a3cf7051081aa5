import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { searchKey } from '#shared/search-key.ts'
import { test as serverTest } from '../support/server-test.ts'

/** Names and how people type them. */
const spellings = [
  ['Łódź', 'lodz'],
  ['Đà Nẵng', 'da nang'],
  ['Smørrebrød', 'smorrebrod'],
  ['Straße', 'strasse'],
  ['GROẞ', 'gross'],
  ['Ħal Ġdid', 'hal gdid'],
  ['Þór og Æsa', 'thor og aesa'],
  ['Œuvre', 'oeuvre'],
  ['IŞIK', 'ışık'],
  ['İstanbul', 'istanbul'],
  ['Əliyev', 'eliyev'],
  ['ΟΔΟΣ', 'οδος'],
  ['Ἀθῆναι', 'αθηναι'],
  ['Ещё', 'еще'],
  ['أحمد', 'احمد'],
  ['مُحَمَّد', 'محمد'],
  ['كتــاب', 'كتاب'],
  ['فارسی', 'فارسي'],
  ['می\u200cخواهم', 'میخواهم'],
  ['שָׁלוֹם', 'שלום'],
  ['फ़िल्म', 'फिल्म'],
  ['الدرس ٣', 'الدرس 3'],
  ['पाठ ४', 'पाठ 4'],
  ['第１０回', '第10回'],
  ['ﬁn Ｃ', 'fin c'],
  ['Col·lecció', 'colleccio'],
  ['Don’t – now', "don't - now"],
  ['“Light” and «Sound»', '"light" and "sound"'],
  ['so\u00adft', 'soft'],
] as const

test.for(spellings)('%s is found by %s, and vice versa', ([name, typed]) => {
  expect(searchKey(typed)).toBe(searchKey(name))
})

serverTest('the library is searched by these keys', async ({ server }) => {
  await server.addAssets(spellings.map(([name]) => name))
  for (const [name, typed] of spellings) {
    const answer = await server.send(`GET /api/media?search=${encodeURIComponent(typed)}`)
    const { media } = await answer.json()
    expect(media.map(({ filename }: { filename: string }) => filename)).toEqual([name])
  }
})

test.for<[string, string]>([
  ['कि', 'की'],
  ['ไม่', 'ไม้'],
  ['バス', 'ハス'],
  ['மா', 'மி'],
  ['ж', 'zh'],
  ['ا', 'ب'],
])('%s is not %s: significant marks and other scripts stay distinct', ([text, different]) => {
  expect(searchKey(text)).not.toBe(searchKey(different))
})

test('a letter that the root collation treats as a Latin one is found by it', () => {
  const { compare } = new Intl.Collator('und', { sensitivity: 'base' })
  const plain = [...'abcdefghijklmnopqrstuvwxyz', 'ae', 'oe', 'dz']
  const different: string[] = []
  for (let code = 0x80; code < 0xfb00; code++) {
    const letter = String.fromCodePoint(code)
    if (!/(?=\p{L})\p{sc=Latn}/u.test(letter) || /\p{Lm}/u.test(letter)) continue
    const typed = plain.find((text) => compare(text, letter) === 0)
    if (typed !== undefined && searchKey(letter) !== typed) different.push(letter)
  }
  expect(different).toEqual([])
})

test('a key is idempotent, and the same for every case and normalization form', () => {
  const unstable: string[] = []
  for (let code = 0; code <= 0x1ffff; code++) {
    const text = String.fromCodePoint(code)
    const key = searchKey(text)
    const forms = [key, text.normalize('NFC'), text.normalize('NFD')]
    // The iota below a Greek vowel is a letter in upper case and a mark in lower case.
    const hasIota = text.normalize('NFD').includes('\u0345')
    if (!hasIota) forms.push(text.toUpperCase(), text.toLowerCase())
    if (forms.some((form) => searchKey(form) !== key)) unstable.push(text)
  }
  expect(unstable).toEqual([])
})

const text = fc.string({ unit: 'grapheme', maxLength: 12 })

test('the key of a substring is a substring of the key', async () => {
  await fc.assert(
    fc.property(text, text, text, (before, part, after) => {
      expect(searchKey(`${before} ${part} ${after}`)).toContain(searchKey(part))
      expect(searchKey(`${part}${after}`).startsWith(searchKey(part))).toBe(true)
    }),
  )
})

test('decimal digits of every script are the same as 0 to 9', () => {
  const rows = new Map<string, number>()
  for (let code = 0; code <= 0x1ffff; code++) {
    const digit = String.fromCodePoint(code)
    if (/\p{Nd}/u.test(digit)) rows.set(searchKey(digit), (rows.get(searchKey(digit)) ?? 0) + 1)
  }
  expect([...rows.keys()].sort()).toEqual([...'0123456789'])
  expect(new Set(rows.values()).size).toBe(1)
})
