/**
 * Computes the value of each key once.
 * @param cache the values computed so far; each lives as long as its key
 */
export function computeOnce<Key extends object, Value>(
  cache: WeakMap<Key, Value>,
  key: Key,
  compute: () => Value,
): Value {
  const value = cache.get(key) ?? compute()
  cache.set(key, value)
  return value
}
