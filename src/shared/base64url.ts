/** Encodes a text's UTF-8 bytes as URL-safe Base64 without padding. Source: RFC 4648, section 5. */
export function encodeBase64Url(text: string): string {
  const characters = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte))
  return btoa(characters.join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/**
 * Decodes a text encoded by `encodeBase64Url`.
 * @throws DOMException if the text is not Base64
 */
export function decodeBase64Url(encoded: string): string {
  const characters = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'))
  const bytes = Uint8Array.from(characters, (character) => character.charCodeAt(0))
  return new TextDecoder().decode(bytes)
}
