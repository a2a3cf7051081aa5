import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')

/** Lectern's own sources under the names that they have in Lectern, and one copy of each package. */
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
