import {
  buildExportFiles,
  findOutdated,
  findOutdatedPictures,
  listPictures,
} from './chart-files.ts'

const exported = buildExportFiles()
const outdated = [...findOutdated(exported), ...findOutdatedPictures(listPictures(exported))].map(
  ({ path }) => path,
)
if (outdated.length > 0) {
  console.error(`Out of date; run \`npm run charts:export\`:\n${outdated.join('\n')}`)
  process.exitCode = 1
}
