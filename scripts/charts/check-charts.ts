import { exportFiles, layoutFile, outdatedOf } from './chart-files.ts'

const outdated = outdatedOf([...(await exportFiles()), await layoutFile()])
if (outdated.length > 0) {
  console.error(`Out of date; run \`npm run charts:export\`:\n${outdated.join('\n')}`)
  process.exitCode = 1
}
