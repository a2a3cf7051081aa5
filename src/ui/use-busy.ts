import { useRef, useState } from 'react'

/** Runs one action at a time: whatever is started while another one is running does nothing. */
export function useBusy() {
  // The state alone would miss a second press in the same frame.
  const isRunning = useRef(false)
  const [isBusy, setBusy] = useState(false)
  const run = async (act: () => Promise<unknown>): Promise<void> => {
    if (isRunning.current) return
    isRunning.current = true
    setBusy(true)
    try {
      await act()
    } finally {
      isRunning.current = false
      setBusy(false)
    }
  }
  return { isBusy, run }
}
