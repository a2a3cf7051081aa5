import type { MiddlewareHandler } from 'hono'
import { NONCE, secureHeaders } from 'hono/secure-headers'

/** Where a page may load what from, except its styles, which need a nonce. */
export const contentSecurityPolicy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  mediaSrc: ["'self'"],
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
  // Whether its host is to be reached by HTTPS alone is for whoever runs the server to say.
  strictTransportSecurity: false,
})

/** Lets the page talk to the window of Stately's inspector, which it opens. Stands outside `securityHeaders`. */
export const inspectorHeaders: MiddlewareHandler = async (c, next) => {
  await next()
  if (c.req.query('inspect') === 'stately') {
    c.header('cross-origin-opener-policy', 'same-origin-allow-popups')
  }
}
