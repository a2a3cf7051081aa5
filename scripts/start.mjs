import './build.mjs'

await import('../dist/server/main.js')
