import { serverUrl } from '#client/lib/http.ts'
import { captionsUrl } from '#contract/captions.ts'
import { useAsset } from '../api/get-asset.ts'
import { languageName } from '../caption-files.ts'

/** The captions of an asset, for a player to show. */
export function CaptionTracks({ mediaId }: { mediaId: string }) {
  const { data } = useAsset(mediaId)
  return data?.captions.map(({ language, cueCount }) => (
    <track
      // A track that is replaced is loaded again.
      key={`${language} ${cueCount}`}
      kind="captions"
      srcLang={language}
      label={languageName(language)}
      src={serverUrl(captionsUrl(mediaId, language))}
    />
  ))
}
