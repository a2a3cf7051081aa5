import path from 'node:path'

// Sources are in src/server/ and what is built of them in dist/server/: two folders down, both.
const root = path.resolve(import.meta.dirname, '../..')

export const demoMedia = path.join(root, 'demo', 'media')
export const demoMediaList = path.join(root, 'demo', 'media.json')
export const builtPage = path.join(root, 'dist', 'client')
