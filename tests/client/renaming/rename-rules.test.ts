import { describe, expect, test } from 'vitest'
import {
  createRenamer,
  type RenameRule,
  type ReplaceRule,
  readExpressionError,
} from '#client/features/videos/renaming/rename-rules.ts'

const rename = (names: readonly string[], ...rules: RenameRule[]) => names.map(createRenamer(rules))

describe('stripping the extension', () => {
  test('removes that of a media file and keeps what only looks like one', () => {
    const names = ['Intro.mp4', 'Talk.v2.MOV', 'Version 2.10', '3. Light', '.mp4', 'No extension']
    expect(rename(names, { kind: 'stripExtension' })).toEqual([
      'Intro',
      'Talk.v2',
      'Version 2.10',
      '3. Light',
      '.mp4',
      'No extension',
    ])
  })
})

describe('stripping the leading number', () => {
  const strip = (name: string) => rename([name], { kind: 'stripNumbering' })[0]

  test.for([
    ['1. Intro.mp4', 'Intro.mp4'],
    ['01 - Intro', 'Intro'],
    ['01_intro', 'intro'],
    ['01-intro', 'intro'],
    ['(3) Intro', 'Intro'],
    ['[12] Intro', 'Intro'],
    ['#4: Intro', 'Intro'],
    ['1.2 Intro', 'Intro'],
    ['2.10. Intro', 'Intro'],
    ['7 Intro', 'Intro'],
    ['٣. مقدمة', 'مقدمة'],
    ['1、介绍', '介绍'],
    ['1. 2 apples', '2 apples'],
  ] as const)('%s becomes %s', ([name, expected]) => {
    expect(strip(name)).toBe(expected)
  })

  test.for(['3D basics', '1st lesson', '1.5x speed', '42.mp4', '007', 'Lesson 3', '٣'])(
    '%s stays unchanged',
    (name) => {
      expect(strip(name)).toBe(name)
    },
  )
})

describe('adding numbers', () => {
  test('counts from a start with the given number of digits', () => {
    const number: RenameRule = { kind: 'addNumbering', start: 9, digits: 2 }
    expect(rename(['a.mp4', 'b.mp4'], number)).toEqual(['09. a.mp4', '10. b.mp4'])
    expect(rename(['a'], { ...number, start: 0, digits: 1 })).toEqual(['0. a'])
    expect(rename(['a'], { ...number, start: 1234 })).toEqual(['1234. a'])
  })
})

describe('find and replace', () => {
  const text: ReplaceRule = {
    kind: 'replace',
    find: '',
    replacement: '',
    isExpression: false,
    matchesCase: false,
    firstOnly: false,
  }

  test('takes the text and its replacement literally', () => {
    const names = ['a.b (1) [x] $1.mp4', 'a-b|c/d\\e^']
    expect(rename(names, { ...text, find: '.b (1) [', replacement: ' $& $1 ' })[0]).toBe(
      'a $& $1 x] $1.mp4',
    )
    expect(rename(names, { ...text, find: '-b|c/d\\e^', replacement: '' })[1]).toBe('a')
    expect(rename(names, { ...text, find: '$1', replacement: '2' })[0]).toBe('a.b (1) [x] 2.mp4')
  })

  test('matches the letter case only if asked to', () => {
    const names = ['Take take TAKE']
    const replace = { ...text, find: 'take', replacement: 'cut' }
    expect(rename(names, replace)).toEqual(['cut cut cut'])
    expect(rename(names, { ...replace, matchesCase: true })).toEqual(['Take cut TAKE'])
    expect(rename(names, { ...replace, firstOnly: true })).toEqual(['cut take TAKE'])
    expect(rename(['СТРАНА'], { ...text, find: 'стран', replacement: 'м' })).toEqual(['мА'])
  })

  test('supports groups in an expression', () => {
    const find = String.raw`(\d+)[-_](?<title>\p{L}+)`
    const replace = { ...text, isExpression: true, find, replacement: '$<title> $1' }
    expect(rename(['07_Intro 08-Été'], replace)).toEqual(['Intro 07 Été 08'])
    expect(rename(['07_Intro 08-Été'], { ...replace, firstOnly: true })).toEqual([
      'Intro 07 08-Été',
    ])
    expect(rename(['aA'], { ...replace, find: 'a', replacement: '-', matchesCase: true })).toEqual([
      '-A',
    ])
  })

  test('limits the length of the result', () => {
    const find = { ...text, isExpression: true, find: '', replacement: '$`'.repeat(200) }
    const [name = ''] = rename(['x'.repeat(255)], find, find)
    expect(name).toHaveLength(1_000)
  })

  test('says why an expression is invalid', () => {
    expect(readExpressionError('(a: b')).toBe(
      'This regular expression is invalid: unterminated group.',
    )
    expect(readExpressionError('*')).toBe('This regular expression is invalid: nothing to repeat.')
    expect(readExpressionError('(a)|b')).toBeUndefined()
  })
})

describe('changing the letter case', () => {
  const change = (name: string, style: 'sentence' | 'title' | 'lower' | 'upper', locale = 'en') =>
    rename([name], { kind: 'changeCase', style, locale })[0]

  test('changes the name but not its extension', () => {
    expect(change('INTRO to CSS.MP4', 'lower')).toBe('intro to css.MP4')
    expect(change('Intro to css.mp4', 'upper')).toBe('INTRO TO CSS.mp4')
    expect(change('01. INTRO to CSS.mp4', 'sentence')).toBe('01. Intro to css.mp4')
    expect(change('don’t STOP: the (big) o’clock.mp4', 'title')).toBe(
      'Don’t Stop: The (Big) O’clock.mp4',
    )
  })

  test('follows the language', () => {
    expect(change('istanbul ışık', 'title', 'tr')).toBe('İstanbul Işık')
    expect(change('IŞIK', 'lower', 'tr')).toBe('ışık')
    expect(change('straße', 'upper')).toBe('STRASSE')
    expect(change('ßa ǆb', 'title')).toBe('Ssa Ǆb')
    expect(change('שלום', 'title')).toBe('שלום')
  })
})

describe('a list of names', () => {
  test('renames the rows in order; a row with an empty line or no line keeps its name', () => {
    const rule: RenameRule = { kind: 'names', names: ['One', '', 'Three'] }
    expect(rename(['a', 'b', 'c', 'd'], rule)).toEqual(['One', 'b', 'Three', 'd'])
  })
})

test('applies rules one after another', () => {
  expect(
    rename(
      ['01_hello_world.mp4', '02_second.mp4'],
      { kind: 'stripExtension' },
      { kind: 'stripNumbering' },
      {
        kind: 'replace',
        find: '_',
        replacement: ' ',
        isExpression: false,
        matchesCase: false,
        firstOnly: false,
      },
      { kind: 'changeCase', style: 'title', locale: 'en' },
      { kind: 'template', template: 'Unit {n:02}: {name}', start: 5 },
    ),
  ).toEqual(['Unit 05: Hello World', 'Unit 06: Second'])
})
