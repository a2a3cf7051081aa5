import { type CaptionsType, captionsTypes } from '#contract/captions.ts'

/** The extensions of caption files, in the format of `accept`. */
export const captionsExtensions = Object.keys(captionsTypes).join()

/** The media type of a caption file, by its extension; `undefined` for any other file. */
export const findCaptionsType = (filename: string): CaptionsType | undefined =>
  Object.entries(captionsTypes).find(([extension]) =>
    filename.toLowerCase().endsWith(extension),
  )?.[1]

/** The language in a caption file's name, if any, such as `pt-BR` in `Lesson 1.pt-BR.srt`. */
export function parseCaptionsLanguage(filename: string): string | undefined {
  const [, tag] = /\.([a-z]{2,3}(?:-[a-z0-9]{2,8})*)\.[a-z]+$/i.exec(filename) ?? []
  return tag === undefined ? undefined : Intl.getCanonicalLocales(tag)[0]
}

const displayNames = new Intl.DisplayNames('en', { type: 'language' })

/** The name of a language, such as `Brazilian Portuguese`. */
export const formatLanguage = (language: string): string => displayNames.of(language) ?? language

/** The languages to choose from; a filename can specify any other. */
const offered =
  'ar bn cs da de el en es fa fi fr he hi hu id it ja ko ms nb nl pl pt-BR pt-PT ro ru sv ta th tr uk ur vi zh-Hans zh-Hant'

/** The names of the offered languages, in alphabetical order. */
export const offeredLanguages: Readonly<Record<string, string>> = Object.fromEntries(
  offered
    .split(' ')
    .map((language) => [language, formatLanguage(language)] as const)
    .sort(([, a], [, b]) => a.localeCompare(b, 'en')),
)
