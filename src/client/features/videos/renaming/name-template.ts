import { stemLength } from '#shared/media-extension.ts'

/** What a placeholder stands for: a name, and its row's number. */
interface TemplateInput {
  filename: string
  number: number
}

type WritePart = (input: TemplateInput) => string

const placeholder = /\{([^{}]*)\}/g

/** `{n}`, or padded with zeros to so many digits: `{n:03}`. */
const numberPlaceholder = /^n(?::0?([1-9]))?$/

const namePlaceholders: Record<string, WritePart> = {
  name: ({ filename }) => filename.slice(0, stemLength(filename)),
  ext: ({ filename }) => filename.slice(stemLength(filename) + 1),
}

/**
 * Writes a name by a template. `{n}` is the row's number, `{n:03}` the same with three digits,
 * `{name}` the name without its extension, and `{ext}` the extension without its dot: where a name
 * has none, a dot before it goes, too.
 */
export function writeTemplate(template: string, input: TemplateInput): string {
  const fitting = input.filename.length === stemLength(input.filename) ? dropExtension : keep
  return fitting(template).replace(
    placeholder,
    (text, inner: string) => findPart(inner)?.(input) ?? text,
  )
}

/** What is wrong with a template, as a sentence. */
export function readTemplateError(template: string): string | undefined {
  if (template.trim() === '') return `Type a template, of ${known}.`
  const unknown = [...template.matchAll(placeholder)].find(([, inner = '']) => !findPart(inner))
  return unknown && `${unknown[0]} stands for nothing. Use ${known}.`
}

const known = '{n}, {n:03}, {name} or {ext}'

function findPart(inner: string): WritePart | undefined {
  const number = numberPlaceholder.exec(inner)
  if (number) return (input) => padNumber(input.number, Number(number[1] ?? 1))
  return Object.hasOwn(namePlaceholders, inner) ? namePlaceholders[inner] : undefined
}

const keep = (template: string) => template
const dropExtension = (template: string) => template.replace(/\.?\{ext\}/g, '')

/** A number of at least so many digits. */
export const padNumber = (number: number, digits: number): string =>
  String(number).padStart(digits, '0')
