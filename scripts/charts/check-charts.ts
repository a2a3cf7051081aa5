import { buildExportFiles, findOutdated } from './chart-files.ts'

const outdated = findOutdated(buildExportFiles()).map(({ path }) => path)
if (outdated.length > 0) {
  console.error(`Out of date; run \`npm run charts:export\`:\n${outdated.join('\n')}`)
  process.exitCode = 1
}
