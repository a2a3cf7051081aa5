/** An XML element or comment. */
export type Element =
  | { name: string; attributes: Record<string, string | undefined>; content: (Element | string)[] }
  | { comment: string }

/** Creates an element; attributes without a value are omitted when it is rendered. */
export function createElement(
  name: string,
  attributes: Record<string, string | undefined>,
  content: (Element | string)[] = [],
): Element {
  return { name, attributes, content }
}

/**
 * Creates a comment, or none for an empty text. Separates hyphens, because XML forbids `--` in
 * comments.
 */
export function createComment(text: string): Element[] {
  return text === '' ? [] : [{ comment: text.replace(/-(?=-)/g, '- ') }]
}

/**
 * Renders an element or comment as escaped, indented lines. An element holds either one text or
 * other elements.
 * @param indent the spaces before each line
 */
export function renderXml(part: Element, indent = ''): string {
  if ('comment' in part) return `${indent}<!-- ${replaceInvalidCharacters(part.comment)} -->\n`
  const attributes = Object.entries(part.attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeText(value ?? '')}"`)
    .join('')
  const open = `${indent}<${part.name}${attributes}`
  if (part.content.length === 0) return `${open}/>\n`
  const [text] = part.content
  if (typeof text === 'string') return `${open}>${escapeText(text)}</${part.name}>\n`
  const content = part.content.map((child) =>
    typeof child === 'string' ? escapeText(child) : renderXml(child, `${indent}  `),
  )
  return `${open}>\n${content.join('')}${indent}</${part.name}>\n`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escapeText(text: string): string {
  return replaceInvalidCharacters(text).replace(
    /[&<>"]/g,
    (character) => entities[character] ?? character,
  )
}

/**
 * Replaces the characters that XML 1.0 forbids even as references: control characters with their
 * pictures, such as ␀, and others with U+FFFD. See https://www.w3.org/TR/xml/#charsets.
 */
export function replaceInvalidCharacters(text: string): string {
  return text.toWellFormed().replace(invalidCharacters, (character) => {
    const code = character.charCodeAt(0)
    return code < 0x20 ? String.fromCharCode(controlPictures + code) : '\uFFFD'
  })
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to replace.
const invalidCharacters = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

const controlPictures = 0x2400

/** Creates a function that returns a unique XML id for each name it is given. */
export function createXmlIds() {
  const taken = new Set<string>()
  return (name: string): string => {
    const wanted = escapeXmlId(name)
    let id = wanted
    for (let count = 2; taken.has(id); count += 1) id = `${wanted}-${count}`
    taken.add(id)
    return id
  }
}

/** Escapes the characters that an XML id (an `NCName`) can't have, by their codes. */
function escapeXmlId(name: string): string {
  const escaped = escapeNmtoken(name).replaceAll(':', '_x3a_')
  return /^[\p{L}_]/u.test(escaped) ? escaped : `_${escaped}`
}

/**
 * Escapes the characters that an `NMTOKEN` can't have, by their codes. Keeps fewer characters than
 * the fifth edition of XML 1.0 allows, so that older parsers accept the result too.
 */
export function escapeNmtoken(name: string): string {
  const escaped = name.replace(/[^0-9._:-]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0
    return code < 0xffff && /\p{L}/u.test(character) ? character : `_x${code.toString(16)}_`
  })
  return escaped === '' ? '_' : escaped
}
