import { useState } from 'react'
import { describeError } from '#client/lib/http.ts'
import type { MediaAsset } from '#contract/media.ts'
import { tagSchema } from '#contract/names.ts'
import { compareNaturally } from '#shared/sort-key.ts'
import { Button } from '#ui/button.tsx'
import { CreateForm } from '#ui/create-form.tsx'
import { AddIcon, CheckIcon, MinusIcon } from '#ui/icons.tsx'
import { Name } from '#ui/name.tsx'
import { useRetagged, useTags } from '../api/tag-assets.ts'
import { getTagCoverage } from '../fold-tags.ts'
import { LoadFailure } from './library-notices.tsx'

type TagEditorProps = {
  assets: readonly MediaAsset[]
  /** Adds a tag to the assets or removes it, and resolves with a description of the result. */
  onTag: (tag: string, isTagged: boolean) => Promise<string>
}

/** A button for every tag, pressed if the assets have it, and a field for a new one. */
export function TagEditor({ assets, onTag }: TagEditorProps) {
  const tagged = useRetagged(assets)
  const [outcome, setOutcome] = useState('')
  const query = useTags()
  const known = query.data?.map(({ name }) => name) ?? []
  const own = tagged.flatMap(({ tags }) => tags)
  const names = [...new Set([...known, ...own])].toSorted(compareNaturally)

  const toggle = async (name: string, isTagged: boolean) => {
    try {
      setOutcome(await onTag(name, isTagged))
    } catch (error) {
      setOutcome(describeError(error))
    }
  }

  return (
    <div className="flex flex-col gap-2">
      <LoadFailure title="The library’s tags couldn’t be loaded." query={query} />
      {names.length > 0 && (
        <ul className="flex max-h-40 flex-wrap gap-1.5 overflow-y-auto p-0.5">
          {names.map((name) => {
            const share = getTagCoverage(tagged, name)
            return (
              <li key={name} className="max-w-full">
                <Button
                  size="small"
                  aria-pressed={pressed[share]}
                  icon={icons[share]}
                  onClick={() => toggle(name, share !== 'all')}
                >
                  <Name>{name}</Name>
                </Button>
              </li>
            )
          })}
        </ul>
      )}
      <div className="flex max-w-md">
        <CreateForm
          draftKey="new tag"
          label="New tag"
          buttonLabel="Add tag"
          announceAdded={false}
          schema={tagSchema}
          save={async (name) => setOutcome(await onTag(name, true))}
          errorMessage={describeError}
        />
      </div>
      <p role="status" className="min-h-5 text-ink-soft">
        {outcome}
      </p>
    </div>
  )
}

const icons = { all: <CheckIcon />, some: <MinusIcon />, none: <AddIcon /> }
const pressed = { all: true, some: 'mixed', none: false } as const
