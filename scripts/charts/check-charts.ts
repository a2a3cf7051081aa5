import {
  exportFiles,
  layoutFile,
  outdatedOf,
  outdatedPicturesOf,
  picturesOf,
} from './chart-files.ts'

const exported = await exportFiles()
const outdated = [
  ...outdatedOf([...exported, await layoutFile()]),
  ...outdatedPicturesOf(picturesOf(exported)),
].map(({ path }) => path)
if (outdated.length > 0) {
  console.error(`Out of date; run \`npm run charts:export\`:\n${outdated.join('\n')}`)
  process.exitCode = 1
}
