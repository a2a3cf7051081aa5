/**
 * Formats a duration as players do: `0:07`, `12:34`, `1:02:03`.
 * @param seconds At least 0. Rounded down to whole seconds, but any positive duration shows as 1 s
 *   or more.
 */
export function formatDuration(seconds: number): string {
  const whole = seconds > 0 ? Math.max(1, Math.floor(seconds)) : 0
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  const rest = String(whole % 60).padStart(2, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`
}
