import { z } from '#contract/zod.ts'
import { formatCount } from '#shared/count.ts'
import { caseStyles } from './change-case.ts'
import { splitNames } from './check-names.ts'
import { readTemplateError } from './name-template.ts'
import { type RenameRule, type ReplaceRule, readExpressionError } from './rename-rules.ts'

/** The settings in the form of a bulk rename. */
export const renameValuesSchema = z.object({
  /** One name per line. */
  names: z.string(),
  stripExtension: z.boolean(),
  stripNumbering: z.boolean(),
  find: z.string(),
  replacement: z.string(),
  matchesCase: z.boolean(),
  isExpression: z.boolean(),
  firstOnly: z.boolean(),
  caseStyle: z.enum(['keep', ...caseStyles]),
  numbering: z.enum(['none', 'number', 'template']),
  start: z.string(),
  digits: z.string(),
  template: z.string(),
})

export type RenameValues = z.infer<typeof renameValuesSchema>

export type RenameErrors = Partial<Record<'find' | 'start' | 'digits' | 'template', string>>

/** The initial settings, which change no name. */
export const initialValues = (count: number): RenameValues => ({
  names: '',
  stripExtension: false,
  stripNumbering: false,
  find: '',
  replacement: '',
  matchesCase: false,
  isExpression: false,
  firstOnly: false,
  caseStyle: 'keep',
  numbering: 'none',
  start: '1',
  digits: String(String(count).length),
  template: '{n}. {name}',
})

/** Converts the settings to rules, in the order they apply, and collects their errors. */
export function readRules(
  values: RenameValues,
  locale: string,
): { rules: RenameRule[]; errors: RenameErrors } {
  const errors = findErrors(values)
  const rules: (RenameRule | false)[] = [
    values.names.trim() !== '' && { kind: 'names', names: splitNames(values.names) },
    values.stripExtension && { kind: 'stripExtension' },
    values.stripNumbering && { kind: 'stripNumbering' },
    values.find !== '' && errors.find === undefined && readReplace(values),
    values.caseStyle !== 'keep' && { kind: 'changeCase', style: values.caseStyle, locale },
    readNumbering(values, errors),
  ]
  return { rules: rules.filter((rule) => rule !== false), errors }
}

/** Describes a mismatch between the number of names and the number of rows. */
export function describeLength(names: number, rows: number): string | undefined {
  if (names === rows) return undefined
  const counts = `${formatCount(names, 'name')} for ${formatCount(rows, 'video')}`
  const rest = Math.abs(names - rows)
  if (names > rows)
    return `${counts}: the last ${rest === 1 ? 'name is' : `${rest} names are`} ignored.`
  return rest === 1
    ? `${counts}: the last video keeps its name.`
    : `${counts}: the last ${rest} videos keep their names.`
}

const readReplace = (values: RenameValues): ReplaceRule => ({
  kind: 'replace',
  find: values.find,
  replacement: values.replacement,
  isExpression: values.isExpression,
  matchesCase: values.matchesCase,
  firstOnly: values.firstOnly,
})

function readNumbering(values: RenameValues, errors: RenameErrors): RenameRule | false {
  const start = Number(values.start)
  if (values.numbering === 'none' || errors.start !== undefined) return false
  if (values.numbering === 'template') {
    return errors.template === undefined && { kind: 'template', template: values.template, start }
  }
  return (
    errors.digits === undefined && { kind: 'addNumbering', start, digits: Number(values.digits) }
  )
}

function findErrors(values: RenameValues): RenameErrors {
  const errors: RenameErrors = {}
  const find = values.isExpression ? readExpressionError(values.find) : undefined
  if (find !== undefined) errors.find = find
  if (values.numbering === 'none') return errors
  if (!/^\d{1,6}$/.test(values.start.trim())) errors.start = 'Enter a number from 0 to 999999.'
  if (values.numbering === 'template') {
    const template = readTemplateError(values.template)
    if (template !== undefined) errors.template = template
  } else if (!/^[1-9]$/.test(values.digits.trim())) {
    errors.digits = 'Enter a number from 1 to 9.'
  }
  return errors
}
