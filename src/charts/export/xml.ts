/** A part of an XML document: an element, a comment, or text. */
export type Element =
  | { name: string; attributes: Record<string, string | undefined>; content: (Element | string)[] }
  | { remark: string }

export function element(
  name: string,
  attributes: Record<string, string | undefined>,
  content: (Element | string)[] = [],
): Element {
  return { name, attributes, content }
}

/** A comment, or nothing where there is nothing to say. XML allows no `--` in one. */
export function remark(text: string): Element[] {
  return text === '' ? [] : [{ remark: text.replace(/-(?=-)/g, '- ') }]
}

export function xmlOf(part: Element, indent = ''): string {
  if ('remark' in part) return `${indent}<!-- ${part.remark} -->\n`
  const attributes = Object.entries(part.attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(value ?? '')}"`)
    .join('')
  const open = `${indent}<${part.name}${attributes}`
  if (part.content.length === 0) return `${open}/>\n`
  const [text] = part.content
  if (typeof text === 'string') return `${open}>${escaped(text)}</${part.name}>\n`
  const content = part.content.map((one) =>
    typeof one === 'string' ? escaped(one) : xmlOf(one, `${indent}  `),
  )
  return `${open}>\n${content.join('')}${indent}</${part.name}>\n`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign)
}
