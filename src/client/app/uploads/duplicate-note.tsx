import { useQuery } from '@tanstack/react-query'
import type { MediaAsset } from '#contract/media.ts'
import type { UploadReport } from '#machines/upload.machine.ts'
import { isolate } from '#shared/isolate.ts'
import { duplicatesQuery } from '../../features/media/api/get-duplicates.ts'
import { DuplicateChoice } from '../../features/media/components/duplicate-choice.tsx'
import { isReplacement } from '../../features/uploads/replacements.ts'
import { useAuthoring } from '../../features/videos/authoring-context.tsx'
import { readWaitingRows } from '../../features/videos/waiting-rows.ts'

/** Says that the library already had an uploaded file, and offers to use the older one. */
export function DuplicateNote({ upload }: { upload: UploadReport }) {
  const { id } = upload
  const { data } = useQuery({ ...duplicatesQuery(id), enabled: !isReplacement(id) })
  const older = data?.find(({ isOlder }) => isOlder)
  const lead = older && `This file is already in the library as “${isolate(older.filename)}”.`
  return <AssetChoice asset={upload} older={older} {...(lead !== undefined && { lead })} />
}

type Named = Pick<MediaAsset, 'id' | 'filename'>

type AssetChoiceProps = { asset: Named; older: Named | undefined; lead?: string }

/** The choice between an asset and an older one, aware of the rows that wait for the asset. */
export function AssetChoice(props: AssetChoiceProps) {
  const authoring = useAuthoring()
  return (
    <DuplicateChoice
      {...props}
      isAwaited={(mediaId) => readWaitingRows(authoring, new Set([mediaId])).length > 0}
    />
  )
}
