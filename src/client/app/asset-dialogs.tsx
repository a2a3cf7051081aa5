import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { MediaAsset } from '#contract/media.ts'
import type { MediaTagging } from '#contract/media-tags.ts'
import { formatCount } from '#shared/count.ts'
import { isolate } from '#shared/isolate.ts'
import { chooseFiles } from '#ui/choose-files.ts'
import { ModalDialog } from '#ui/dialog.tsx'
import { Name } from '#ui/name.tsx'
import { AssetDialog } from '../features/media/components/asset-dialog.tsx'
import { TagEditor } from '../features/media/components/tag-editor.tsx'
import { acceptedFiles } from '../features/uploads/sort-files.ts'
import { setThumbnailFromFrame } from '../features/uploads/thumbnails/set-thumbnail.ts'
import { useUploads } from '../features/uploads/uploads-context.tsx'
import { formatPlace } from './course-place.ts'
import { closeDialog } from './dialog.store.ts'
import { addReplacement } from './uploads/add-files.ts'
import { AssetChoice } from './uploads/duplicate-note.tsx'

type AssetDetailsProps = {
  asset: MediaAsset
  /** Omitted where assets can't be removed. */
  remove?: ((assets: readonly MediaAsset[]) => void) | undefined
}

/** An asset of the library, with links to the chapters that use it. */
export const AssetDetails = ({ asset, remove }: AssetDetailsProps) => (
  <AssetDialog
    asset={asset}
    onReplace={useReplaceFile(asset.id)}
    renderChoice={(older) => <AssetChoice asset={asset} older={older} />}
    renderPlace={({ courseId, courseTitle, chapterTitle, chapterId }) => (
      <Link
        to="/courses/$courseId"
        params={{ courseId }}
        hash={formatPlace({ chapterId })}
        onClick={closeDialog}
        className="inline-flex min-h-6 items-center text-accent underline-offset-2 hover:underline"
      >
        <span>
          <Name>{courseTitle}</Name>, <Name>{chapterTitle}</Name>
        </span>
      </Link>
    )}
    onChooseFrame={useChooseFrame(asset.id)}
    onRemove={
      remove &&
      (() => {
        closeDialog()
        remove([asset])
      })
    }
    onClose={closeDialog}
  />
)

function useChooseFrame(mediaId: string) {
  const queryClient = useQueryClient()
  return (video: HTMLVideoElement) => setThumbnailFromFrame(queryClient, mediaId, video)
}

/** Asks for a file and uploads it to replace an asset's; resolves with a message for the user. */
function useReplaceFile(mediaId: string): () => Promise<string> {
  const uploads = useUploads()
  const queryClient = useQueryClient()
  return async () => {
    const [file] = await chooseFiles({ accept: acceptedFiles, isMultiple: false })
    if (!file) return ''
    return addReplacement({ uploads, queryClient }, mediaId, file)
      ? `Uploading ${isolate(file.name)}. It will replace the current file.`
      : `${isolate(file.name)} isn’t a video.`
  }
}

type AssetTagsProps = {
  assets: readonly MediaAsset[]
  /** Resolves with a description of the result. */
  tag: (tagging: MediaTagging) => Promise<string>
}

/** Changes the tags of several assets. */
export const AssetTags = ({ assets, tag }: AssetTagsProps) => (
  <ModalDialog
    title={`Tag ${formatCount(assets.length, 'video')}`}
    size="small"
    onClose={closeDialog}
  >
    <div className="px-5 pb-4 max-sm:px-4">
      <TagEditor
        assets={assets}
        onTag={(name, isTagged) =>
          tag({ mediaIds: assets.map(({ id }) => id), tag: name, isTagged })
        }
      />
    </div>
  </ModalDialog>
)
