import type { ReactNode } from 'react'
import type { MediaAsset } from '#contract/media.ts'
import type { MediaDetails } from '#contract/media-details.ts'
import { formatDate } from '#shared/date.ts'
import { formatDuration } from '#shared/duration.ts'
import { formatFileSize } from '#shared/file-size.ts'
import { Name } from '#ui/name.tsx'

/** Describes an asset's file in one line. */
export const describeFacts = ({
  durationSeconds,
  width,
  height,
  codec,
  sizeBytes,
  createdAt,
}: MediaAsset) =>
  [
    formatDuration(durationSeconds),
    `${width} × ${height}`,
    codec,
    formatFileSize(sizeBytes),
    `added ${formatDate(createdAt)}`,
  ].join(' · ')

type UsageProps = {
  details: MediaDetails | undefined
  /** Renders a link to a chapter that uses the asset. */
  renderPlace: (place: MediaDetails['usage'][number]) => ReactNode
}

/** Lists the chapters that use an asset. */
export function AssetUsage({ details, renderPlace }: UsageProps) {
  if (!details) return null
  if (details.usage.length === 0) return <p>Not used in any chapter.</p>
  return (
    <div>
      <p className="font-medium">Used in</p>
      <ul className="flex flex-col">
        {details.usage.map((place) => (
          <li key={place.chapterId}>{renderPlace(place)}</li>
        ))}
      </ul>
    </div>
  )
}

/** Lists the other assets with the same file. */
export function AssetDuplicates({ details }: { details: MediaDetails | undefined }) {
  if (!details || details.duplicates.length === 0) return null
  return (
    <div>
      <p className="font-medium">This file is also in the library as</p>
      <ul>
        {details.duplicates.map(({ id, filename }) => (
          <li key={id}>
            <Name>{filename}</Name>
          </li>
        ))}
      </ul>
    </div>
  )
}
