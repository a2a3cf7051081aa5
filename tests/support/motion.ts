import { onTestFinished } from 'vitest'
import { cdp } from 'vitest/browser'

/** Enables motion until the test ends, in a browser that reduces it for all other tests. */
export async function allowMotion(): Promise<void> {
  await emulateMotion('no-preference')
  onTestFinished(() => emulateMotion('reduce'))
}

async function emulateMotion(value: 'no-preference' | 'reduce') {
  const features = [{ name: 'prefers-reduced-motion', value }]
  await cdp().send('Emulation.setEmulatedMedia', { features })
}
