import { useEffect, useRef, useState } from 'react'

/**
 * Follows a value that may change many times a second, at most once in `milliseconds`, so that what
 * is announced can be listened to. The last value is always reached.
 */
export function useThrottled<Value>(value: Value, milliseconds = 400): Value {
  const [shown, setShown] = useState(value)
  const shownAt = useRef(Number.NEGATIVE_INFINITY)

  useEffect(() => {
    const wait = Math.max(0, shownAt.current + milliseconds - performance.now())
    const timer = setTimeout(() => {
      shownAt.current = performance.now()
      setShown(value)
    }, wait)
    return () => clearTimeout(timer)
  }, [value, milliseconds])

  return shown
}
