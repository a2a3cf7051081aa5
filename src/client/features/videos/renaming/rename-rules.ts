import { getStemLength } from '#shared/media-extension.ts'
import { type CaseStyle, changeCase } from './change-case.ts'
import { padNumber, writeTemplate } from './name-template.ts'

/** One step from the shown names to the new ones, as JSON that can be sent to a worker. */
export type RenameRule =
  /** Names for the first rows; for an empty one, the row keeps its name. */
  | { kind: 'names'; names: readonly string[] }
  | { kind: 'stripExtension' }
  | { kind: 'stripNumbering' }
  | ReplaceRule
  | { kind: 'changeCase'; style: CaseStyle; locale: string }
  | { kind: 'addNumbering'; start: number; digits: number }
  | { kind: 'template'; template: string; start: number }

export interface ReplaceRule {
  kind: 'replace'
  find: string
  /** For an expression, `$1` and so on stand for its groups. */
  replacement: string
  isExpression: boolean
  matchesCase: boolean
  firstOnly: boolean
}

/** Computes the new name of a row from its shown name and its index among the rows. */
export type Renamer = (filename: string, index: number) => string

/**
 * Creates a renamer that applies rules one after the other.
 * @throws SyntaxError for an invalid expression
 */
export function createRenamer(rules: readonly RenameRule[]): Renamer {
  const steps = rules.map(createStep)
  return (filename, index) =>
    steps.reduce((name, step) => step(name, index).slice(0, maxResultLength), filename)
}

/** Far longer than any valid name: a replacement can multiply what it replaces. */
const maxResultLength = 1_000

function createStep(rule: RenameRule): Renamer {
  switch (rule.kind) {
    case 'names':
      return (name, index) => rule.names[index] || name
    case 'stripExtension':
      return stripExtension
    case 'stripNumbering':
      return stripNumbering
    case 'replace':
      return createReplace(rule)
    case 'changeCase':
      return (name) => changeStem(name, (stem) => changeCase(stem, rule.style, rule.locale))
    case 'addNumbering':
      return (name, index) => `${padNumber(rule.start + index, rule.digits)}. ${name}`
    case 'template':
      return (filename, index) =>
        writeTemplate(rule.template, { filename, number: rule.start + index })
  }
}

const stripExtension = (name: string) => name.slice(0, getStemLength(name))

const changeStem = (name: string, change: (stem: string) => string) =>
  change(stripExtension(name)) + name.slice(getStemLength(name))

/**
 * A number, or several as in `1.2`, with the punctuation around it: `01 - `, `(3) `, `#4: `. A
 * digit directly before a letter belongs to a word, as in `3D` or `1st`, and the `1.` in `1.5x` is
 * not numbering either.
 */
const numbering =
  /^[\s#([（【]*\p{Nd}+(?:[.\-–]\p{Nd}+)*(?:[\s.\-_–—:)\]、．）】]*[\s_:)\]、）】]|[.\-–—．]+(?!\p{Nd}))(?=\S)/u

/** A name that is only a number keeps it. */
function stripNumbering(name: string): string {
  const stripped = stripExtension(name).replace(numbering, '')
  return stripped === '' ? name : stripped + name.slice(getStemLength(name))
}

function createReplace({ find, replacement, ...rule }: ReplaceRule): Renamer {
  const source = rule.isExpression ? find : escapeExpression(find)
  const flags = `u${rule.matchesCase ? '' : 'i'}${rule.firstOnly ? '' : 'g'}`
  const expression = new RegExp(source, flags)
  if (rule.isExpression) return (name) => name.replace(expression, replacement)
  return (name) => name.replace(expression, () => replacement)
}

const escapeExpression = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

/** Explains why a text is not a regular expression, in a sentence with the engine's reason. */
export function readExpressionError(source: string): string | undefined {
  try {
    new RegExp(source, 'u')
    return undefined
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    // Engines repeat the expression before the reason, and it may contain anything.
    const reason = message.slice(message.lastIndexOf(': ') + 1).trim()
    return `This regular expression is invalid: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}.`
  }
}
