import { useEffect, useRef, useState } from 'react'

/**
 * Throttles a value to one change per `milliseconds`, so that a screen reader can finish announcing
 * one before the next. The latest value always arrives.
 */
export function useThrottled<Value>(value: Value, milliseconds = 400): Value {
  const [throttled, setThrottled] = useState(value)
  const changedAt = useRef(Number.NEGATIVE_INFINITY)

  useEffect(() => {
    const delay = Math.max(0, changedAt.current + milliseconds - performance.now())
    const timer = setTimeout(() => {
      changedAt.current = performance.now()
      setThrottled(value)
    }, delay)
    return () => clearTimeout(timer)
  }, [value, milliseconds])

  return throttled
}
