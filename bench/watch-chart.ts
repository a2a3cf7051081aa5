/**
 * Runs in the page: milliseconds from the load event to the first painted frame with the machine's
 * chart.
 */
export async function measureFirstDraw(machine: string): Promise<number> {
  const state = `svg [data-state-id="${machine}"]`
  do {
    await new Promise((resolve) => requestAnimationFrame(resolve))
  } while (!document.querySelector(state))
  // The next task runs after the frame is painted.
  await new Promise((resolve) => setTimeout(resolve))
  const [load] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  return Math.max(0, performance.now() - (load?.loadEventEnd ?? 0))
}

/**
 * Runs in the page: milliseconds from the next choice of a machine to the painted frame with its
 * chart.
 */
export function watchSwitch(machine: string): Promise<number> {
  return new Promise((resolve) => {
    const handleChange = ({ timeStamp }: Event) => {
      const checkNextFrame = () =>
        requestAnimationFrame(() => {
          // The next task runs after the frame is painted.
          if (document.querySelector(`svg [data-state-id="${machine}"]`)) {
            setTimeout(() => resolve(performance.now() - timeStamp))
          } else checkNextFrame()
        })
      checkNextFrame()
    }
    addEventListener('change', handleChange, { capture: true, once: true })
  })
}
