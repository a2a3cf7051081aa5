import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { thisCheckout } from '../lectern.ts'
import { type LayerName, layers } from './page-contract.ts'

/** What a layer costs the page, and whoever writes and maintains it. */
export interface LayerWeight {
  layer: LayerName
  /** JavaScript that the page loads for it, gzip, in kB. */
  size: number
  /** The same without TanStack Query, which a page may have anyway. */
  sizeWithoutQuery: number
  /** Lines of its own file in bench/peers, without blank lines, comments and imports. */
  lines: number
  /** The same count of Lectern's own code that it is built from. */
  linesBelow: number
}

const folder = path.join(thisCheckout, 'bench/peers')

/** What all contenders share: React, the list, and the code that creates ids and positions. */
const shared = [
  /^react(?:-dom)?(?:\/|$)/,
  /^uuid$/,
  /\/rows\.ts$/,
  /\/layer\.ts$/,
  /place-picks\.ts$/,
]

const query = /^@tanstack\/(?:react-query|query-core)$/

/** Bundles each layer as the page's build does, without what all of them share. */
export async function weighLayers(): Promise<LayerWeight[]> {
  const weights: LayerWeight[] = []
  for (const layer of layers) {
    const whole = await bundle(layer, shared)
    const withoutQuery = await bundle(layer, [...shared, query])
    weights.push({
      layer,
      size: whole.size,
      sizeWithoutQuery: withoutQuery.size,
      lines: countLines(readFileSync(contenderFile(layer), 'utf8')),
      linesBelow: whole.files
        .map((file) => countLines(readFileSync(file, 'utf8')))
        .reduce((sum, lines) => sum + lines, 0),
    })
  }
  return weights
}

const contenderFile = (layer: LayerName) => path.join(folder, `page/contenders/${layer}.tsx`)

async function bundle(layer: LayerName, external: RegExp[]) {
  const result = await build({
    configFile: path.join(folder, 'vite.page.config.ts'),
    logLevel: 'warn',
    build: {
      write: false,
      rolldownOptions: {
        input: contenderFile(layer),
        external,
        preserveEntrySignatures: 'strict',
      },
    },
  })
  const outputs = (Array.isArray(result) ? result : [result]) as Rolldown.RolldownOutput[]
  const chunks = outputs.flatMap(({ output }) => output).filter((part) => part.type === 'chunk')
  const own = ['src', 'machines'].map((name) => path.join(thisCheckout, name) + path.sep)
  return {
    size: chunks.reduce((sum, { code }) => sum + gzipSync(code).length, 0) / 1000,
    files: chunks
      .flatMap(({ modules }) => Object.keys(modules))
      .filter((file) => own.some((prefix) => file.startsWith(prefix))),
  }
}

/** Counts lines of code, without blank lines, comments and imports. */
export function countLines(source: string): number {
  const code = source
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^import [\s\S]*?from '.*'$/gm, '')
    .replace(/^\s*\/\/.*$/gm, '')
  return code.split('\n').filter((line) => line.trim() !== '').length
}
