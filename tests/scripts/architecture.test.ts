import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
const folders = ['machines', 'src', 'tests', 'bench', 'scripts']

const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

/** Every word of the code. */
const readWords = () =>
  new Set(
    folders
      .flatMap((folder) =>
        readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
          .filter((file) => /\.(ts|tsx|mjs)$/.test(file))
          .map((file) => path.join(folder, file)),
      )
      .flatMap((file) => read(file).match(/[\w$]+/g) ?? []),
  )

const quotes = [...read('docs/architecture.md').matchAll(/`([^`\n]+)`/g)].flatMap(
  ([, text]) => text ?? [],
)

test('every path in docs/architecture.md exists', () => {
  const paths = quotes.filter((text) =>
    [...folders, 'docs'].some((folder) => text.startsWith(`${folder}/`) && !text.includes('*')),
  )
  expect(paths.length).toBeGreaterThan(100)
  expect(paths.filter((file) => !existsSync(path.join(root, file)))).toEqual([])
})

test('every name in docs/architecture.md is one of the code', () => {
  const names = quotes.filter((text) => /^[a-z]+[A-Z]\w*$/.test(text))
  const words = readWords()
  expect(names.length).toBeGreaterThan(20)
  expect(names.filter((name) => !words.has(name))).toEqual([])
})
