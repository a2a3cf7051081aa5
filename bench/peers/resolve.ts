import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')

/** Resolves Lectern's sources by their names in Lectern, and each package to a single copy. */
export const resolve = {
  alias: {
    '#client': path.join(root, 'src/client'),
    '#contract': path.join(root, 'src/contract'),
    '#machines': path.join(root, 'machines'),
    '#server': path.join(root, 'src/server'),
    '#shared': path.join(root, 'src/shared'),
  },
  dedupe: ['@tanstack/query-core', 'fractional-indexing', 'react', 'react-dom'],
}

export { root }
