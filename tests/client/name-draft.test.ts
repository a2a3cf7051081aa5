import { afterEach, expect, test } from 'vitest'
import {
  clearNameDrafts,
  newNameDraft,
  readNameDrafts,
  resumeNameDrafts,
  useNameDrafts,
} from '#ui/name-draft.ts'

afterEach(clearNameDrafts)

const title = { key: 'a course', text: 'Typed', initial: 'Title', version: 2, isNew: false }
const newTitle = { key: 'new course', text: 'Typed', initial: '', version: 0, isNew: true }

const readText = (key: string) =>
  useNameDrafts.getState().drafts[key]?.formControl.getValues('name')

test('a title being typed is restored on another page', () => {
  expect(resumeNameDrafts([title, newTitle])).toEqual([])
  expect(readNameDrafts()).toEqual([newTitle, title])
})

test('names that may have been saved are remembered on another page', () => {
  expect(resumeNameDrafts([{ ...title, sent: ['Sent'] }])).toEqual([])
  expect(readNameDrafts()).toEqual([{ ...title, sent: ['Sent'] }])
})

test('the empty field of a new title restores the typed text', () => {
  const { formControl } = newNameDraft(newTitle.key)
  expect(readNameDrafts()).toEqual([])
  expect(resumeNameDrafts([newTitle])).toEqual([])
  expect(formControl.getValues('name')).toBe('Typed')
})

test('an editor without changes restores the typed text, with its original version', () => {
  useNameDrafts.getState().open(title.key, 'Newer title', 3)
  expect(resumeNameDrafts([title])).toEqual([])
  expect(readNameDrafts()).toEqual([title])
})

test('text that is being typed is not replaced, and the other text can be copied', () => {
  useNameDrafts.getState().open(title.key, title.initial, title.version)
  useNameDrafts.getState().drafts[title.key]?.formControl.reset({ name: 'Here' })
  newNameDraft(newTitle.key).formControl.reset({ name: 'Typed' })
  expect(resumeNameDrafts([title, newTitle])).toEqual(['Typed'])
  expect(readText(title.key)).toBe('Here')
})
