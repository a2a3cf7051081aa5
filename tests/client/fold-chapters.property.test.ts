import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ChapterChange, foldChapters } from '#client/features/chapters/fold-chapters.ts'
import { placeAfter, placeOneStep } from '#client/features/chapters/place-chapter.ts'
import type { Chapter } from '#contract/chapters.ts'
import { positionSchema } from '#contract/ids.ts'

const ids = ['a', 'b', 'c', 'd', 'e', 'f']

const createRow = (id: string, position: string): Chapter => ({
  id,
  courseId: 'course',
  title: id,
  position,
  version: 1,
})

/** Chapters in order, some of which may have the same position. */
const chapters = fc
  .array(fc.constantFrom('a0', 'a0V', 'a1', 'a2', 'Zz'), { maxLength: ids.length })
  .map((positions) => positions.map((position, index) => createRow(ids[index] ?? '', position)))
  .map((rows) => foldChapters(rows, []))

const titles = (rows: readonly Chapter[]) => rows.map(({ id }) => id).join('')

describe('a place after another chapter', () => {
  test('has a valid position between the neighbours, or at a key where the server makes room', () => {
    fc.assert(
      fc.property(chapters, fc.nat(), (rows, pick) => {
        const after = rows[pick % (rows.length + 1)]?.id ?? null
        const place = placeAfter(rows, after)
        expect(positionSchema.safeParse(place.position).success).toBe(true)
        expect(place.after).toBe(after)
        const index = rows.findIndex(({ id }) => id === after)
        const previous = rows[index]
        const next = rows[index + 1]
        if (previous) expect(previous.position <= place.position).toBe(true)
        if (next) expect(place.position <= next.position).toBe(true)
      }),
    )
  })

  test('differs from the one that someone else chooses at the same time', () => {
    const rows = foldChapters([createRow('a', 'a0'), createRow('b', 'a1')], [])
    for (const after of [null, 'a', 'b']) {
      expect(placeAfter(rows, after).position).not.toBe(placeAfter(rows, after).position)
    }
  })

  test('one step away is undone by a step back', () => {
    fc.assert(
      fc.property(
        chapters,
        fc.nat(),
        fc.constantFrom(-1 as const, 1 as const),
        (all, pick, step) => {
          const rows = all.filter(
            ({ position }, index) => all.findIndex((row) => row.position === position) === index,
          )
          const chapter = rows[pick % Math.max(1, rows.length)]
          if (!chapter) return
          const move = (from: readonly Chapter[], by: -1 | 1) => {
            const place = placeOneStep(from, chapter.id, by)
            return place ? foldChapters(from, [{ kind: 'move', chapter, place }]) : undefined
          }
          const moved = move(rows, step)
          if (!moved) {
            expect(rows.at(step === 1 ? -1 : 0)).toBe(chapter)
            return
          }
          const index = rows.indexOf(chapter)
          expect(moved.findIndex(({ id }) => id === chapter.id)).toBe(index + step)
          const back = move(moved, step === 1 ? -1 : 1)
          expect(titles(back ?? [])).toBe(titles(rows))
        },
      ),
    )
  })
})

describe('the fold', () => {
  const chapter = { id: 'a', courseId: 'course', title: 'A', position: 'a0', version: 1 }

  const changes: Record<string, readonly ChapterChange[]> = {
    'a removal and its restoration': [
      { kind: 'remove', chapter },
      { kind: 'restore', chapter },
    ],
    'a restoration of an existing chapter': [{ kind: 'restore', chapter }],
    'a new title that was undone': [
      { kind: 'retitle', chapter, title: 'B' },
      { kind: 'retitle', chapter, title: 'A' },
    ],
    'a creation that was confirmed': [{ kind: 'create', chapter, copyOf: undefined }],
  }

  test.for(Object.keys(changes))('shows no difference after %s', (name) => {
    expect(foldChapters([chapter], changes[name] ?? [])).toEqual([chapter])
  })

  test('ignores a move and a title of a missing chapter', () => {
    expect(foldChapters([], [{ kind: 'move', chapter, place: { position: 'a1' } }])).toEqual([])
    expect(foldChapters([], [{ kind: 'retitle', chapter, title: 'B' }])).toEqual([])
  })

  test('keeps unchanged rows', () => {
    fc.assert(
      fc.property(chapters, (rows) => {
        const folded = foldChapters(rows, [])
        expect(folded).toEqual(rows)
        for (const row of rows) expect(folded).toContain(row)
      }),
    )
  })
})
