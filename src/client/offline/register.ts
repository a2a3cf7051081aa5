import { savesData } from '../lib/saves-data.ts'
import { whenIdle } from '../lib/when-idle.ts'

// The worker fetches all of the page's files, which must not slow down the first load.
if ('serviceWorker' in navigator && !savesData()) {
  addEventListener('load', () => whenIdle(register), { once: true })
}

/** If the browser forbids it, Lectern can't start without its server. */
const register = () => void navigator.serviceWorker.register('/service-worker.js').catch(() => {})
