import { runTypeScript } from './typescript.mjs'

await runTypeScript('scripts/charts/check-stately.ts')
