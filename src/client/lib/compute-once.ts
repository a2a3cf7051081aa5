/**
 * Computes what belongs to a key once.
 * @param known what was computed before; it lasts as long as its key
 */
export function computeOnce<Key extends object, Value>(
  known: WeakMap<Key, Value>,
  key: Key,
  compute: () => Value,
): Value {
  const value = known.get(key) ?? compute()
  known.set(key, value)
  return value
}
