import fc from 'fast-check'
import { generateKeyBetween } from 'fractional-indexing'
import { expect, test } from 'vitest'
import { maxKeyLength, type OrderedPlace, rekeyAll, rekeyForMove } from '#server/db/order-keys.ts'
import { comparePlaces } from '#shared/compare-places.ts'

const keys = fc.constantFrom(
  'a0',
  'a0V',
  'a0G',
  'a1',
  'Zz',
  'b00',
  `a0${'0'.repeat(196)}1`,
  `a0${'0'.repeat(196)}2`,
  `a0${'V'.repeat(230)}`,
  'zzzzzzzzzzzzzzzzzzzzzzzzzzzz',
  'A00000000000000000000000001',
)
const chapters: fc.Arbitrary<OrderedPlace[]> = fc
  .array(fc.record({ position: keys, isRemoved: fc.boolean() }), { maxLength: 12 })
  .map((places) =>
    places.map((place, index) => ({ ...place, id: `id-${index}` })).sort(comparePlaces),
  )

const apply = <Place extends { id: string; position: string }>(
  places: readonly Place[],
  changed: ReadonlyMap<string, string>,
) =>
  places
    .map((place) => ({ ...place, position: changed.get(place.id) ?? place.position }))
    .sort(comparePlaces)

test('a moved video directly follows the requested one, and the others keep their order', () => {
  fc.assert(
    fc.property(chapters, keys, fc.nat(12), (others, position, choice) => {
      const visible = others.filter(({ isRemoved }) => !isRemoved)
      const after = visible[choice % (visible.length + 1)]?.id ?? null
      const moved = { id: 'moved', position, isRemoved: false }
      const changed = rekeyForMove(others, moved, after)
      const order = apply([...others, moved], changed)

      const ids = order.filter(({ isRemoved }) => !isRemoved).map(({ id }) => id)
      expect(ids[ids.indexOf('moved') - 1] ?? null).toBe(after)
      expect(order.map(({ id }) => id).filter((id) => id !== 'moved')).toEqual(
        others.map(({ id }) => id),
      )
      for (const key of changed.values()) expect(key.length).toBeLessThan(maxKeyLength)
    }),
  )
})

test('new keys for a whole chapter are short, in order, and sort before later additions', () => {
  fc.assert(
    fc.property(
      chapters.filter((places) => places.length > 0),
      (places) => {
        const order = apply(places, rekeyAll(places))
        expect(order.map(({ id }) => id)).toEqual(places.map(({ id }) => id))
        expect(new Set(order.map(({ position }) => position)).size).toBe(places.length)
        for (const { position } of order) expect(position.length).toBeLessThan(maxKeyLength)
        const added = generateKeyBetween(places.at(-1)?.position, null)
        // There is no room below the smallest possible key.
        if (!places.at(-1)?.position.startsWith('A0')) {
          expect(added > (order.at(-1)?.position ?? '')).toBe(true)
        }
      },
    ),
  )
})
