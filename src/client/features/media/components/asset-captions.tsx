import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { describeError } from '#client/lib/http.ts'
import type { MediaDetails } from '#contract/media-details.ts'
import { formatCount } from '#shared/count.ts'
import { isolate } from '#shared/isolate.ts'
import { Button, IconButton } from '#ui/button.tsx'
import { chooseFiles } from '#ui/choose-files.ts'
import { Working } from '#ui/feedback.tsx'
import { passFocusOnUnmount } from '#ui/focus.ts'
import { TrashIcon } from '#ui/icons.tsx'
import { Select } from '#ui/select.tsx'
import { useBusy } from '#ui/use-busy.ts'
import { putCaptions, removeCaptions } from '../api/change-captions.ts'
import {
  captionsExtensions,
  findCaptionsType,
  formatLanguage,
  offeredLanguages,
  parseCaptionsLanguage,
} from '../caption-files.ts'

type AssetCaptionsProps = { mediaId: string; details: MediaDetails | undefined }

/** Lists the captions of an asset, and lets the user add or remove them. */
export function AssetCaptions({ mediaId, details }: AssetCaptionsProps) {
  const queryClient = useQueryClient()
  const [language, setLanguage] = useState('en')
  const [outcome, setOutcome] = useState('')
  const { isBusy, run } = useBusy()
  const addButton = useRef<HTMLButtonElement>(null)
  const [keepFocus] = useState(() => passFocusOnUnmount(() => addButton.current))
  if (!details) return null

  const change = (make: () => Promise<string>) =>
    run(async () => setOutcome(await make().catch(describeError)))
  const addFile = (file: File) =>
    change(async () => {
      const type = findCaptionsType(file.name)
      if (!type) return `${isolate(file.name)} isn’t an .srt or .vtt file.`
      const tag = parseCaptionsLanguage(file.name) ?? language
      const added = await putCaptions(queryClient, mediaId, { language: tag, type, file })
      return `Added ${formatCount(added.cueCount, `${formatLanguage(added.language)} caption`)}.`
    })
  const add = async () => {
    if (isBusy) return
    const files = await chooseFiles({ accept: captionsExtensions, isMultiple: false })
    for (const file of files) await addFile(file)
  }
  const remove = (tag: string) =>
    change(async () => {
      await removeCaptions(queryClient, mediaId, tag)
      return `Removed ${formatLanguage(tag)} captions.`
    })

  return (
    <section aria-label="Captions" className="flex flex-col gap-1">
      <p className="font-medium">Captions</p>
      {details.captions.length === 0 && <p className="text-ink-soft">No captions yet.</p>}
      <ul>
        {details.captions.map((captions) => (
          <li key={captions.language} ref={keepFocus} className="flex items-center gap-2">
            <span>{formatLanguage(captions.language)}</span>
            <span className="text-ink-soft">{formatCount(captions.cueCount, 'caption')}</span>
            <IconButton
              size="small"
              variant="danger"
              label={`Remove ${formatLanguage(captions.language)} captions`}
              icon={<TrashIcon />}
              aria-disabled={isBusy}
              onClick={() => remove(captions.language)}
            />
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-2">
        <Select
          label="Caption language"
          value={language}
          options={offeredLanguages}
          onChange={setLanguage}
        />
        <Button ref={addButton} aria-disabled={isBusy} onClick={add}>
          Add captions
        </Button>
        <p role="status" className="text-ink-soft">
          {isBusy ? <Working /> : outcome}
        </p>
      </div>
    </section>
  )
}
