import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useRef, useState } from 'react'
import { describeError, isRefused, serverUrl } from '#client/lib/http.ts'
import { fileUrl, type MediaAsset } from '#contract/media.ts'
import type { MediaDetails } from '#contract/media-details.ts'
import { filenameSchema } from '#contract/names.ts'
import { isolate } from '#shared/isolate.ts'
import { getStemLength } from '#shared/media-extension.ts'
import { Button } from '#ui/button.tsx'
import { ModalDialog } from '#ui/dialog.tsx'
import { ErrorNotice } from '#ui/feedback.tsx'
import { TrashIcon } from '#ui/icons.tsx'
import { InlineEdit } from '#ui/inline-edit.tsx'
import { useSavingName } from '#ui/name-draft.ts'
import { readOtherFilename, renameAsset } from '../api/change-asset.ts'
import { useAsset } from '../api/get-asset.ts'
import { tagAssets } from '../api/tag-assets.ts'
import { describeTagged } from '../fold-tags.ts'
import { ActionButton } from './action-button.tsx'
import { AssetCaptions } from './asset-captions.tsx'
import { AssetDuplicates, AssetUsage, describeFacts } from './asset-facts.tsx'
import { CaptionTracks } from './caption-tracks.tsx'
import { LoadFailure } from './library-notices.tsx'
import { TagEditor } from './tag-editor.tsx'

type AssetDialogProps = {
  /** The asset as it is listed. */
  asset: MediaAsset
  /** Renders a link to a chapter that uses the asset. */
  renderPlace: (place: MediaDetails['usage'][number]) => ReactNode
  /** Makes the player’s current frame the asset’s thumbnail. */
  onChooseFrame: (video: HTMLVideoElement) => Promise<void>
  /** Asks for another file, and resolves with a description of the result. */
  onReplace: () => Promise<string>
  /** Offers to use an older asset with the same content instead, if there is one. */
  renderChoice: (older: MediaDetails['duplicates'][number] | undefined) => ReactNode
  onRemove?: (() => void) | undefined
  onClose: () => void
}

/** Plays an asset of the library, shows where it is used, and lets the user change it. */
export function AssetDialog({
  asset,
  renderPlace,
  onChooseFrame,
  onReplace,
  renderChoice,
  onRemove,
  onClose,
}: AssetDialogProps) {
  const queryClient = useQueryClient()
  const details = useAsset(asset.id)
  const { filename: saved, version } = details.data ?? asset
  const draftKey = `asset ${asset.id}`
  const filename = useSavingName(draftKey) ?? saved
  const content = details.data?.contentHash ?? ''
  const [unplayable, setUnplayable] = useState<string | null>(null)
  const isPlayable = content !== unplayable
  const video = useRef<HTMLVideoElement>(null)
  return (
    <ModalDialog title="Video" size="wide" onClose={onClose}>
      {isPlayable ? (
        // biome-ignore lint/a11y/useMediaCaption: the tracks are those of the asset
        <video
          // A replaced file has to be reloaded.
          key={content}
          ref={video}
          aria-label={filename}
          src={serverUrl(fileUrl(asset.id))}
          controls
          playsInline
          onError={() => setUnplayable(content)}
          className="aspect-video max-h-[50dvh] w-full bg-black object-contain"
        >
          <CaptionTracks mediaId={asset.id} />
        </video>
      ) : (
        <div className="px-5 max-sm:px-4">
          <ErrorNotice
            title="This browser can’t play this video."
            reason={`It may not support ${asset.codec}, or the file may be damaged.`}
          />
        </div>
      )}
      <div className="flex flex-col gap-3 px-5 py-4 max-sm:px-4">
        <InlineEdit
          draftKey={draftKey}
          name={filename}
          version={version}
          label="Filename"
          editLabel={`Rename ${isolate(filename)}`}
          schema={filenameSchema}
          save={(typed) => renameAsset(queryClient, asset.id, typed)}
          readOtherName={readOtherFilename}
          isRefused={isRefused}
          errorMessage={describeError}
          selectionEnd={getStemLength}
          inputClassName="font-medium"
        >
          <h3 dir="auto" className="min-w-0 self-center font-medium break-words">
            {filename}
          </h3>
        </InlineEdit>
        <p className="text-ink-soft">{describeFacts(asset)}</p>
        <LoadFailure title="The details couldn’t be loaded." query={details} />
        <AssetUsage details={details.data} renderPlace={renderPlace} />
        <section aria-label="Tags" className="flex flex-col gap-1">
          <p className="font-medium">Tags</p>
          <TagEditor
            assets={[details.data ?? asset]}
            onTag={async (tag, isTagged) => {
              const tagging = { mediaIds: [asset.id], tag, isTagged }
              return describeTagged(isTagged, await tagAssets(queryClient, tagging))
            }}
          />
        </section>
        <AssetCaptions mediaId={asset.id} details={details.data} />
        <AssetDuplicates details={details.data} />
        {renderChoice(details.data?.duplicates.find(({ isOlder }) => isOlder))}
      </div>
      <footer className="flex flex-wrap justify-between gap-2 border-t border-line bg-sunken px-5 py-3 max-sm:px-4">
        {isPlayable && (
          <ActionButton
            label="Use this frame as the thumbnail"
            onAct={async () => {
              if (video.current) await onChooseFrame(video.current)
              return 'Thumbnail updated.'
            }}
          />
        )}
        <ActionButton label="Replace file" onAct={onReplace} />
        {onRemove && (
          <Button variant="danger" icon={<TrashIcon />} onClick={onRemove}>
            Remove from library
          </Button>
        )}
      </footer>
    </ModalDialog>
  )
}
