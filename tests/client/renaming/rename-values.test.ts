import { describe, expect, test } from 'vitest'
import { splitNames } from '#client/features/videos/renaming/check-names.ts'
import {
  describeLength,
  initialValues,
  type RenameValues,
  readRules,
} from '#client/features/videos/renaming/rename-values.ts'

const read = (values: Partial<RenameValues>) => readRules({ ...initialValues(12), ...values }, 'en')

test('sets no rule initially', () => {
  expect(read({})).toEqual({ rules: [], errors: {} })
})

test('reads all rules that are set, in the order of the form', () => {
  const { rules, errors } = read({
    names: 'One\nTwo\n',
    stripExtension: true,
    stripNumbering: true,
    find: 'a',
    caseStyle: 'title',
    numbering: 'number',
  })
  expect(errors).toEqual({})
  expect(rules).toEqual([
    { kind: 'names', names: ['One', 'Two'] },
    { kind: 'stripExtension' },
    { kind: 'stripNumbering' },
    {
      kind: 'replace',
      find: 'a',
      replacement: '',
      isExpression: false,
      matchesCase: false,
      firstOnly: false,
    },
    { kind: 'changeCase', style: 'title', locale: 'en' },
    { kind: 'addNumbering', start: 1, digits: 2 },
  ])
})

describe('an invalid value', () => {
  test('is reported at its field, and its rule is left out', () => {
    expect(read({ find: '(', isExpression: true })).toEqual({
      rules: [],
      errors: { find: 'This regular expression is invalid: unterminated group.' },
    })
    expect(read({ numbering: 'number', start: '-1', digits: '10' })).toEqual({
      rules: [],
      errors: { start: 'Enter a number from 0 to 999999.', digits: 'Enter a number from 1 to 9.' },
    })
    expect(read({ numbering: 'template', template: '{x}' })).toEqual({
      rules: [],
      errors: { template: '{x} isn’t a known placeholder. Use {n}, {n:03}, {name} or {ext}.' },
    })
  })

  test('does not matter if it is unused', () => {
    expect(read({ find: '(', start: '', digits: '', template: '{x}' }).errors).toEqual({})
  })
})

test('a list has one name per line, with any line ending', () => {
  expect(splitNames('One\r\n Two \n\nFour\n\n')).toEqual(['One', 'Two', '', 'Four'])
})

test('says whether a list is too short or too long', () => {
  expect(describeLength(3, 3)).toBeUndefined()
  expect(describeLength(1, 2)).toBe('1 name for 2 videos: the last video keeps its name.')
  expect(describeLength(3, 5)).toBe('3 names for 5 videos: the last 2 videos keep their names.')
  expect(describeLength(2, 1)).toBe('2 names for 1 video: the last name is ignored.')
  expect(describeLength(7, 5)).toBe('7 names for 5 videos: the last 2 names are ignored.')
})
