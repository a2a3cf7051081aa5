import { z } from 'zod'

/**
 * Zod for every schema that a page may load. In a page it must not probe `new Function`: the
 * content security policy forbids it, and to report the violation the browser reads the scripts a
 * second time.
 */
export { z }

if ('document' in globalThis) z.config({ jitless: true })
