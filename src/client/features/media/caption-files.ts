import { type CaptionsType, captionsTypes } from '#contract/captions.ts'

/** The extensions that files of captions have, as `accept` has them. */
export const captionsExtensions = Object.keys(captionsTypes).join()

/** The media type of a file of captions, by its name; `undefined` for another file. */
export const captionsTypeOf = (filename: string): CaptionsType | undefined =>
  Object.entries(captionsTypes).find(([extension]) =>
    filename.toLowerCase().endsWith(extension),
  )?.[1]

/** The language that a file of captions names, as in `Lesson 1.pt-BR.srt`, if it names one. */
export function captionsLanguageOf(filename: string): string | undefined {
  const [, tag] = /\.([a-z]{2,3}(?:-[a-z0-9]{2,8})*)\.[a-z]+$/i.exec(filename) ?? []
  return tag === undefined ? undefined : Intl.getCanonicalLocales(tag)[0]
}

const names = new Intl.DisplayNames('en', { type: 'language' })

/** What a language is called, such as `Brazilian Portuguese`. */
export const languageName = (language: string): string => names.of(language) ?? language

/** The languages that are offered; a file can name any other. */
const offered =
  'ar bn cs da de el en es fa fi fr he hi hu id it ja ko ms nb nl pl pt-BR pt-PT ro ru sv ta th tr uk ur vi zh-Hans zh-Hant'

/** What the offered languages are called, in alphabetical order. */
export const offeredLanguages: Readonly<Record<string, string>> = Object.fromEntries(
  offered
    .split(' ')
    .map((language) => [language, languageName(language)] as const)
    .sort(([, one], [, other]) => one.localeCompare(other, 'en')),
)
