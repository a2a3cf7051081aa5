import { getStemLength } from '#shared/media-extension.ts'

/** The values for placeholders: a name, and its row's number. */
interface TemplateInput {
  filename: string
  number: number
}

type WritePart = (input: TemplateInput) => string

const placeholder = /\{([^{}]*)\}/g

/** `{n}`, or padded with zeros to a number of digits: `{n:03}`. */
const numberPlaceholder = /^n(?::0?([1-9]))?$/

const namePlaceholders: Record<string, WritePart> = {
  name: ({ filename }) => filename.slice(0, getStemLength(filename)),
  ext: ({ filename }) => filename.slice(getStemLength(filename) + 1),
}

/**
 * Fills in a template. `{n}` is the row's number, `{n:03}` the same with three digits, `{name}` the
 * name without its extension, and `{ext}` the extension without its dot. If the name has no
 * extension, a dot before `{ext}` is dropped too.
 */
export function writeTemplate(template: string, input: TemplateInput): string {
  const adapt = input.filename.length === getStemLength(input.filename) ? dropExtension : keep
  return adapt(template).replace(
    placeholder,
    (text, inner: string) => findPart(inner)?.(input) ?? text,
  )
}

/** Explains what is wrong with a template, in a sentence. */
export function readTemplateError(template: string): string | undefined {
  if (template.trim() === '') return `Enter a template using ${known}.`
  const unknown = [...template.matchAll(placeholder)].find(([, inner = '']) => !findPart(inner))
  return unknown && `${unknown[0]} isn’t a known placeholder. Use ${known}.`
}

const known = '{n}, {n:03}, {name} or {ext}'

function findPart(inner: string): WritePart | undefined {
  const number = numberPlaceholder.exec(inner)
  if (number) return (input) => padNumber(input.number, Number(number[1] ?? 1))
  return Object.hasOwn(namePlaceholders, inner) ? namePlaceholders[inner] : undefined
}

const keep = (template: string) => template
const dropExtension = (template: string) => template.replace(/\.?\{ext\}/g, '')

/** Pads a number with zeros to at least this many digits. */
export const padNumber = (number: number, digits: number): string =>
  String(number).padStart(digits, '0')
