/**
 * A visible character: a letter, number, punctuation mark or symbol. Marks, joiners (ZWJ, ZWNJ,
 * variation selectors) and private-use characters, which most fonts lack, are allowed but don't
 * count. Unassigned characters count, because a newer version of Unicode may define them. So do
 * controls and halves of surrogate pairs, which have rules of their own. The listed code points are
 * letters and symbols that render blank: in Braille, in music, in hieroglyphs, and for an object.
 */
export const visibleCharacter =
  /[^\p{DI}\p{Z}\p{M}\p{Cf}\p{Co}\p{NChar}\u2800\ufffc\u{1d159}\u{13441}\u{13442}]/u
