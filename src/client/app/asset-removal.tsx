import { useQueries } from '@tanstack/react-query'
import type { MediaAsset } from '#contract/media.ts'
import type { MediaDetails } from '#contract/media-details.ts'
import { formatCount } from '#shared/count.ts'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { Name } from '#ui/name.tsx'
import { assetQuery } from '../features/media/api/get-asset.ts'
import { closeDialog } from './dialog.store.ts'

type AssetRemovalProps = { assets: readonly MediaAsset[]; remove: () => void }

/** The maximum number of chapters listed by name; beyond that, a count is enough. */
const maxPlaces = 8

/** Asks before removing assets that chapters use. */
export function AssetRemoval({ assets, remove }: AssetRemovalProps) {
  const used = assets.filter(({ usageCount }) => usageCount > 0)
  const places = useQueries({
    queries: used.slice(0, maxPlaces).map(({ id }) => assetQuery(id)),
    combine: (queries) => listPlaces(queries.flatMap(({ data }) => data?.usage ?? [])),
  })
  return (
    <ConfirmDialog
      title={`Remove ${formatCount(assets.length, 'video')} from the library?`}
      confirmLabel="Remove"
      onConfirm={remove}
      onClose={closeDialog}
    >
      <p>{describeUse(used.length, assets.length)}</p>
      <ul className="mt-2 list-disc pl-5">
        {places.slice(0, maxPlaces).map(({ chapterId, courseTitle, chapterTitle }) => (
          <li key={chapterId}>
            <Name>{courseTitle}</Name>, <Name>{chapterTitle}</Name>
          </li>
        ))}
      </ul>
    </ConfirmDialog>
  )
}

function describeUse(used: number, total: number): string {
  if (total === 1) return `This video is used in chapters. It ${singularUse}`
  return used === 1
    ? `One of them is used in chapters. It ${singularUse}`
    : `${used} of them are used in chapters. They keep playing there, but can’t be added to others.`
}

const singularUse = 'keeps playing there, but can’t be added to others.'

type Place = MediaDetails['usage'][number]

const listPlaces = (usage: readonly Place[]): Place[] => [
  ...new Map(usage.map((place) => [place.chapterId, place])).values(),
]
