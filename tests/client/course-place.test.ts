import { expect, test } from 'vitest'
import { formatPlace, parsePlace } from '#client/app/course-place.ts'

const chapterId = '01900000-0000-7000-8000-0000000000c1'
const videoId = '01900000-0000-7000-8000-0000000000f1'

test('parsing is the inverse of formatting a place', () => {
  for (const place of [{ chapterId }, { chapterId, videoId }]) {
    expect(parsePlace(formatPlace(place))).toEqual(place)
    expect(parsePlace(`#${formatPlace(place)}`)).toEqual(place)
  }
})

test('anything else is not a place', () => {
  for (const hash of ['', '#', '#content', `${chapterId}/`, `${chapterId}/${videoId}/more`]) {
    expect(parsePlace(hash)).toBeNull()
  }
})
