/** An XML element or comment. */
export type Element =
  | { name: string; attributes: Record<string, string | undefined>; content: (Element | string)[] }
  | { comment: string }

export function createElement(
  name: string,
  attributes: Record<string, string | undefined>,
  content: (Element | string)[] = [],
): Element {
  return { name, attributes, content }
}

/** Creates a comment, or none for an empty text. Separates hyphens: XML allows no `--` in a comment. */
export function createComment(text: string): Element[] {
  return text === '' ? [] : [{ comment: text.replace(/-(?=-)/g, '- ') }]
}

export function renderXml(part: Element, indent = ''): string {
  if ('comment' in part) return `${indent}<!-- ${part.comment} -->\n`
  const attributes = Object.entries(part.attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeText(value ?? '')}"`)
    .join('')
  const open = `${indent}<${part.name}${attributes}`
  if (part.content.length === 0) return `${open}/>\n`
  const [text] = part.content
  if (typeof text === 'string') return `${open}>${escapeText(text)}</${part.name}>\n`
  const content = part.content.map((one) =>
    typeof one === 'string' ? escapeText(one) : renderXml(one, `${indent}  `),
  )
  return `${open}>\n${content.join('')}${indent}</${part.name}>\n`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escapeText(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character)
}
