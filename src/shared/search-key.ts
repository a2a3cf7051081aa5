/**
 * Folds a text for searching, by Unicode's rules for every script: texts that differ only in letter
 * case, accents, vowel points, strokes, quotation marks, compatibility forms (full-width,
 * ligatures) or digits have the same key. `lodz` finds `Łódź`, `strasse` finds `Straße`, `احمد`
 * finds `أحمد`, `ışık` finds `IŞIK`. Nothing is transliterated, and marks that distinguish words,
 * such as Indic vowel signs, stay. Idempotent.
 */
export function searchKey(text: string): string {
  // Fast path: most names are ASCII, and a course has thousands.
  if (!/\P{ASCII}/u.test(text)) return text.toLowerCase()
  // Through upper case, which is the same for `ß` and `ss`, and for `ı` and `i`.
  const folded = decompose(decompose(text).toUpperCase().toLowerCase())
  return folded.replace(/\P{ASCII}/gu, (letter) => plainLetters.get(letter) ?? toAsciiDigit(letter))
}

const decompose = (text: string) => text.normalize('NFKD').replace(foldedMarks, '')

/**
 * The characters to remove: invisible ones, the dot of Catalan `l·l` and the Arabic tatweel; marks
 * that any letter can take (accents, strokes, Arabic vowels); and the points of scripts that are
 * readable without them. Marks of other scripts stay, because they distinguish words, and so do the
 * voicing marks of kana.
 */
const foldedMarks =
  /(?![\u3099\u309a])(?=\p{M})[\p{sc=Zinh}\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\u093c]|\p{DI}|[\u00b7\u0640]/gu

/**
 * Letters without a decomposition that people type as other letters. The Latin ones are those of
 * CLDR's Latin-ASCII transform and those that the root collation (UCA) treats as equal to a to z,
 * plus ə and ɔ; the Arabic ones are those of Lucene's Arabic and Persian normalization.
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
    "'": '‘’‚‛‹›ʻʼ',
    '"': '“”„‟«»',
    '-': '‐‑‒–—―',
    σ: 'ς',
    ا: 'ٱ',
    ي: 'ىی',
    ك: 'ک',
    ه: 'ةہ',
  }).flatMap(([plain, letters]) => [...letters].map((letter) => [letter, plain] as const)),
)

/**
 * Converts a decimal digit of any script to ASCII: Unicode has them in runs of ten, from 0 to 9.
 */
function toAsciiDigit(character: string): string {
  if (!isDigit(character)) return character
  let code = character.codePointAt(0) ?? 0
  let before = 0
  while (isDigit(String.fromCodePoint(--code))) before++
  return String(before % 10)
}

const isDigit = (character: string) => /\p{Nd}/u.test(character)
