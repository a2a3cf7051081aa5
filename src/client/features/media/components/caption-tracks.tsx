import { serverUrl } from '#client/lib/http.ts'
import { captionsUrl } from '#contract/captions.ts'
import { useAsset } from '../api/get-asset.ts'
import { formatLanguage } from '../caption-files.ts'

/** The captions of an asset, as tracks for a player. */
export function CaptionTracks({ mediaId }: { mediaId: string }) {
  const { data } = useAsset(mediaId)
  return data?.captions.map(({ language, cueCount }) => (
    <track
      // Replaced captions have to be reloaded.
      key={`${language} ${cueCount}`}
      kind="captions"
      srcLang={language}
      label={formatLanguage(language)}
      src={serverUrl(captionsUrl(mediaId, language))}
    />
  ))
}
