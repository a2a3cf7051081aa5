import type { MediaAsset } from '#contract/media.ts'
import type { MediaTagged, MediaTagging } from '#contract/media-tags.ts'
import { formatCount } from '#shared/count.ts'
import { isolate } from '#shared/isolate.ts'
import { searchKey } from '#shared/search-key.ts'
import { compareNaturally } from '#shared/sort-key.ts'

/**
 * The assets with the tags that these changes give them. Unchanged assets stay the same objects.
 */
export function foldTags(
  media: readonly MediaAsset[],
  changes: readonly MediaTagging[],
): readonly MediaAsset[] {
  if (changes.length === 0) return media
  const byId = new Map<string, MediaTagging[]>()
  for (const change of changes) {
    for (const id of change.mediaIds) byId.set(id, [...(byId.get(id) ?? []), change])
  }
  return media.map((asset) => {
    const tags = (byId.get(asset.id) ?? []).reduce(changeTags, asset.tags)
    return tags === asset.tags ? asset : { ...asset, tags }
  })
}

function changeTags(tags: string[], { tag, isTagged }: MediaTagging): string[] {
  const others = tags.filter((name) => !isSameTag(name, tag))
  const isChange = (others.length === tags.length) === isTagged
  if (!isChange) return tags
  return isTagged ? [...tags, tag].toSorted(compareNaturally) : others
}

/** Tags that differ only in what search ignores are one tag. */
const isSameTag = (a: string, b: string): boolean => searchKey(a) === searchKey(b)

/** Whether all, some or none of these assets have a tag. */
export function getTagCoverage(media: readonly MediaAsset[], tag: string): 'all' | 'some' | 'none' {
  const tagged = media.filter(({ tags }) => tags.includes(tag)).length
  if (tagged === 0) return 'none'
  return tagged === media.length ? 'all' : 'some'
}

/** Describes what adding or removing a tag has changed. */
export function describeTagged(isTagged: boolean, { tag, changedIds }: MediaTagged): string {
  const videos = formatCount(changedIds.length, 'video')
  const name = `“${isolate(tag)}”`
  return isTagged ? `Added ${name} to ${videos}.` : `Removed ${name} from ${videos}.`
}
