import path from 'node:path'
import { readCommandLine, runScript, UsageError } from './command-line.mjs'
import { root } from './commands.mjs'
import { buildDemo, ensureInstalled } from './set-up.mjs'

const usage = `npm run build:demo -- [options]

Builds the demo, a static site with the server in the page.

  --base PATH       the path of the site on its host, such as /lectern/ (default /)
  --folder FOLDER   where to put it (default dist/demo)
  --help            this text`

await runScript(async () => {
  const { base, folder } = readOptions()
  await ensureInstalled()
  await buildDemo(base, folder)
  const relative = path.relative(process.cwd(), folder)
  console.log(`The demo is in ${relative}. Put it on any static host, at ${base}.
To preview it: npx vite preview --config vite.demo.config.ts --base ${base} --outDir ${relative}`)
})

function readOptions() {
  const options = {
    base: { type: 'string', default: '/' },
    folder: { type: 'string', default: path.join(root, 'dist', 'demo') },
  }
  const { base, folder } = readCommandLine({ usage, options }).values
  if (!/^\/([\w.~-]+\/)*$/.test(base)) {
    throw new UsageError(
      `--base must be a path that begins and ends with a slash, such as /lectern/, not “${base}”.`,
    )
  }
  return { base, folder: path.resolve(folder) }
}
