import type { MiddlewareHandler } from 'hono'
import type { Variables } from './router.ts'

/** What a page of ours may load, and from where; but for its style, which the nonce is for. */
export const contentSecurityPolicy = {
  'default-src': "'none'",
  'script-src': "'self'",
  'img-src': "'self' data:",
  'media-src': "'self'",
  'connect-src': "'self'",
  'font-src': "'self'",
  'worker-src': "'self'",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'self'",
  'frame-ancestors': "'none'",
}
const fixed = Object.entries(contentSecurityPolicy)
  .map(([directive, sources]) => `${directive} ${sources}`)
  .join('; ')

const headers = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
}

/** Every answer gets these. The nonce is for the one style element that React Aria puts into the page. */
export const securityHeaders: MiddlewareHandler<{ Variables: Variables }> = async (c, next) => {
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))
  c.set('nonce', nonce)
  await next()
  c.header('content-security-policy', `${fixed}; style-src 'self' 'nonce-${nonce}'`)
  for (const [name, value] of Object.entries(headers)) c.header(name, value)
  // Stately's inspector is a window that the page opens and that answers it.
  if (c.req.query('inspect') === 'stately') {
    c.header('cross-origin-opener-policy', 'same-origin-allow-popups')
  }
}
