import { expect, test } from 'vitest'
import { readTemplateError, writeTemplate } from '#client/features/videos/renaming/name-template.ts'

const write = (template: string, filename = 'Intro.mp4') =>
  writeTemplate(template, { filename, number: 7 })

test('writes the number, the name and its extension', () => {
  expect(write('{n}. {name}')).toBe('7. Intro')
  expect(write('{n:03} {name}.{ext}')).toBe('007 Intro.mp4')
  expect(write('{n:2}/{n:02}')).toBe('07/07')
  expect(write('{name} {name} }{ {')).toBe('Intro Intro }{ {')
  expect(write('{name}', '$& {n}.mp4')).toBe('$& {n}')
})

test('drops the dot before a missing extension', () => {
  expect(write('{name}.{ext}', 'Version 2.10')).toBe('Version 2.10')
  expect(write('{name} ({ext})', 'Intro')).toBe('Intro ()')
})

test('lists the valid placeholders if one is unknown', () => {
  const hint = 'Use {n}, {n:03}, {name} or {ext}.'
  expect(readTemplateError('{title} {n}')).toBe(`{title} isn’t a known placeholder. ${hint}`)
  expect(readTemplateError('{constructor}')).toBe(
    `{constructor} isn’t a known placeholder. ${hint}`,
  )
  expect(readTemplateError('{n:0}')).toBe(`{n:0} isn’t a known placeholder. ${hint}`)
  expect(readTemplateError('{}')).toBe(`{} isn’t a known placeholder. ${hint}`)
  expect(readTemplateError(' ')).toBe('Enter a template using {n}, {n:03}, {name} or {ext}.')
  expect(readTemplateError('{n:03}. {name}.{ext} }{')).toBeUndefined()
})
