/**
 * Folds a text for searching, by Unicode's rules for every script: what differs only in letter
 * case, accents, vowel points, strokes, compatibility forms (full-width, ligatures) or digits has
 * one key. `Łódź` is found by `lodz`, `Straße` by `strasse`, `أحمد` by `احمد`, `IŞIK` by `ışık`. No
 * script becomes another one, and marks that spell, such as Indic vowel signs, stay. Idempotent.
 */
export function searchKey(text: string): string {
  // Most names are of this kind, and a course has thousands.
  if (!/\P{ASCII}/u.test(text)) return text.toLowerCase()
  // By way of upper case, which `ß` and `ss`, and `ı` and `i`, have in common.
  const folded = decompose(decompose(text).toUpperCase().toLowerCase())
  return folded.replace(/\P{ASCII}/gu, (letter) => plainLetters.get(letter) ?? toAsciiDigit(letter))
}

const decompose = (text: string) => text.normalize('NFKD').replace(foldedMarks, '')

/**
 * What is removed: invisible characters, the dot of Catalan `l·l` and the Arabic stretch; marks
 * that any letter can take (accents, strokes, Arabic vowels); and the points of scripts that can be
 * read without. Marks of other scripts stay, as they spell words apart, and so do the voicing marks
 * of kana.
 */
const foldedMarks =
  /(?![\u3099\u309a])(?=\p{M})[\p{sc=Zinh}\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\u093c]|\p{DI}|[\u00b7\u0640]/gu

/**
 * Letters that have no decomposition though people type them as others. The Latin ones are those of
 * CLDR's transform Latin-ASCII and those that the root collation (UCA) holds equal to a to z, with
 * ə and ɔ; the Arabic ones are those of Lucene's Arabic and Persian normalization.
 */
const plainLetters = new Map(
  Object.entries({
    a: 'ᴀᶏⱥꞛꟁ',
    aa: 'ꜳ',
    ae: 'æᴁ',
    ao: 'ꜵ',
    au: 'ꜷ',
    av: 'ꜹꜻ',
    ay: 'ꜽ',
    b: 'ƀƃɓʙᴃᵬᶀ',
    c: 'ƈȼɕᴄꞓ',
    d: 'ðđƌȡɖɗᴅᴆᵭᶁᶑꝱꝺ',
    db: 'ȸ',
    dz: 'ʣʥ',
    e: 'əɇɛᴇᶒᶓⱸ',
    f: 'ƒᵮᶂꜰꝼ',
    g: 'ǥɠɡɢʛᵹᶃꞡ',
    h: 'ħɦɧʜⱨ',
    hv: 'ƕ',
    i: 'ɨɪᵻᶖ',
    j: 'ȷɉɟʝᴊ',
    k: 'ƙᴋᶄⱪꝁꝃꝅꞣ',
    l: 'łƚȴɫɬɭʟᴌᶅⱡꝇꝉꝲ',
    ll: 'ỻ',
    ls: 'ʪ',
    lz: 'ʫ',
    m: 'ɱᴍᵯᶆꝳ',
    n: 'ŋƞȵɲɳɴᵰᶇꝴꞑꞥ',
    o: 'øɔᴏⱺꝋꝍꞝ',
    oe: 'œɶ',
    oi: 'ƣ',
    oo: 'ꝏ',
    p: 'ƥᴘᵱᵽᶈꝑꝓꝕ',
    q: 'ĸʠꝗꝙ',
    qp: 'ȹ',
    r: 'ɍɼɽɾʀᵲᵳᶉꝛꝵꝶꞃꞧ',
    ss: 'ß',
    s: 'ȿʂᵴᶊẜẝꜱꞅꞩꟙ',
    t: 'ŧƫƭȶʈᴛᵵⱦꝷꞇ',
    th: 'þᵺꝥꝧ',
    ts: 'ƾʦ',
    u: 'ʉᴜᵾᶙꞟ',
    ue: 'ᵫ',
    v: 'ʋᴠᶌỽⱱⱴꝟ',
    vy: 'ꝡ',
    w: 'ᴡⱳꟃ',
    x: 'ᶍ',
    y: 'ƴɏʏỿ',
    z: 'ƶȥɀʐʑᴢᵶᶎⱬ',
    "'": '‘’ʻʼ',
    '-': '‐‑‒–—―',
    σ: 'ς',
    ا: 'ٱ',
    ي: 'ىی',
    ك: 'ک',
    ه: 'ةہ',
  }).flatMap(([plain, letters]) => [...letters].map((letter) => [letter, plain] as const)),
)

/**
 * A decimal digit of any script as an ASCII digit: Unicode has them in rows of ten, from 0 to 9.
 */
function toAsciiDigit(character: string): string {
  if (!isDigit(character)) return character
  let code = character.codePointAt(0) ?? 0
  let before = 0
  while (isDigit(String.fromCodePoint(--code))) before++
  return String(before % 10)
}

const isDigit = (character: string) => /\p{Nd}/u.test(character)
