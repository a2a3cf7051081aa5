import './require-node.mjs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { orRefuse, Refusal, root } from './commands.mjs'
import { buildDemo, ensureInstalled } from './set-up.mjs'

const usage =
  'Use: npm run build:demo, or npm run build:demo -- --base /lectern/ for a place below a path.'

await orRefuse(async () => {
  const { base, folder } = asked()
  await ensureInstalled()
  await buildDemo(base, folder)
  const place = path.relative(process.cwd(), folder)
  console.log(`The demo is in ${place}: put it on any static host, at ${base}.
To look at it here: npx vite preview --config vite.demo.config.ts --base ${base} --outDir ${place}`)
})

function asked() {
  const { base, folder } = flags()
  if (!/^\/([\w.~-]+\/)*$/.test(base)) {
    throw new Refusal(
      `--base is a path that begins and ends with a slash, such as /lectern/, not “${base}”. ${usage}`,
    )
  }
  return { base, folder: path.resolve(folder) }
}

function flags() {
  const options = {
    base: { type: 'string', default: '/' },
    folder: { type: 'string', default: path.join(root, 'dist', 'demo') },
  }
  try {
    return parseArgs({ options }).values
  } catch (error) {
    throw new Refusal(`${error.message}\n${usage}`)
  }
}
