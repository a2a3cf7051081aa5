import './require-node.mjs'
import './stop-with-npm.mjs'
import { orRefuse } from './commands.mjs'
import { ensureInstalled } from './set-up.mjs'
import { runTypeScript } from './typescript.mjs'

await orRefuse(ensureInstalled)
await runTypeScript('src/server/dev.ts')
