import { z } from 'zod'

/**
 * Zod, for every schema that a page may load. In a page it must not try whether code can be made from strings: the
 * content security policy forbids that, and to report the try the browser reads the page's scripts a second time.
 */
export { z }

if ('document' in globalThis) z.config({ jitless: true })
