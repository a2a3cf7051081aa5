import type { MiddlewareHandler } from 'hono'
import { NONCE, secureHeaders } from 'hono/secure-headers'

/** The sources that a page may load from; styles also need a nonce. */
export const contentSecurityPolicy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  // A video plays from its file before it is uploaded.
  mediaSrc: ["'self'", 'blob:'],
  connectSrc: ["'self'"],
  fontSrc: ["'self'"],
  workerSrc: ["'self'"],
  manifestSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
}

/** The nonce is for the one style element that React Aria puts into the page. */
export const securityHeaders = secureHeaders({
  contentSecurityPolicy: { ...contentSecurityPolicy, styleSrc: ["'self'", NONCE] },
  permissionsPolicy: {
    camera: [],
    geolocation: [],
    microphone: [],
    payment: [],
    usb: [],
  },
  xFrameOptions: 'DENY',
  // Only the operator knows whether the host is reached by HTTPS alone.
  strictTransportSecurity: false,
})

/**
 * Sandboxes a library file that is opened on its own, since users upload these. Wraps
 * `securityHeaders`, to run after it.
 */
export const mediaHeaders: MiddlewareHandler = async (c, next) => {
  await next()
  if (c.req.path.startsWith('/media/')) {
    c.header('content-security-policy', "default-src 'none'; media-src 'self'; sandbox")
  }
}

/** Lets the page talk to Stately's inspector window. Wraps `securityHeaders`, to run after it. */
export const inspectorHeaders: MiddlewareHandler = async (c, next) => {
  await next()
  if (c.req.query('inspect') === 'stately') {
    c.header('cross-origin-opener-policy', 'same-origin-allow-popups')
  }
}
