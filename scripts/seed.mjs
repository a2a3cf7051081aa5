import './build.mjs'

// A plain import would draw the built files into the type check and the boundaries of the sources.
await import(new URL('../dist/server/seed.js', import.meta.url).href)
