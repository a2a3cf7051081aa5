import path from 'node:path'

// The sources in src/server/ and the build in dist/server/ are both two folders below the root.
const root = path.resolve(import.meta.dirname, '../..')

export const demoMedia = path.join(root, 'demo', 'media')
export const demoMediaList = path.join(root, 'demo', 'media.json')
export const builtPage = path.join(root, 'dist', 'client')
