import { savesData } from '../lib/saves-data.ts'
import { whenIdle } from '../lib/when-idle.ts'

// It fetches all of the page's files, which must not slow down the first page.
if ('serviceWorker' in navigator && !savesData()) {
  addEventListener('load', () => whenIdle(register), { once: true })
}

/** Where the browser forbids it, Lectern needs its server to start. */
const register = () => void navigator.serviceWorker.register('/service-worker.js').catch(() => {})
