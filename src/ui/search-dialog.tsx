import { Fragment } from 'react'
import { Autocomplete } from 'react-aria-components/Autocomplete'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { withoutIsolates } from '#shared/isolate.ts'
import type { TextRange } from '#shared/search-match.ts'
import { ModalDialog } from './dialog.tsx'
import { KeyCaps } from './key-caps.tsx'
import { SearchField } from './search-field.tsx'

export interface SearchResult {
  id: string
  name: string
  /** The parts of the name that match the search. */
  matches?: readonly TextRange[]
  /** Where it is, or what kind of thing it is. */
  detail?: string | undefined
  /** The keys of its shortcut. */
  caps?: readonly string[] | undefined
}

type SearchDialogProps = {
  title: string
  /** The name of the search box. */
  label: string
  /** The name of the list of results. */
  listLabel: string
  typed: string
  onType: (typed: string) => void
  results: readonly SearchResult[]
  /** How many results there are, or why there are none; announced. */
  status: string
  onChoose: (id: string) => void
  onClose: () => void
}

/**
 * A search box over its results: arrow keys move through them, Enter chooses, Escape closes. Escape
 * does not clear the text first: the dialog is nothing but its search, so one press leads back.
 */
export const SearchDialog = ({
  title,
  label,
  listLabel,
  typed,
  onType,
  results,
  status,
  onChoose,
  onClose,
}: SearchDialogProps) => (
  <ModalDialog title={title} size="small" onClose={onClose}>
    <div
      className="contents"
      onKeyDownCapture={(event) => {
        if (event.key !== 'Escape') return
        // The search field would take it to clear its text.
        event.stopPropagation()
        onClose()
      }}
    >
      <Autocomplete inputValue={typed} onInputChange={onType}>
        <div className="flex px-5 pb-2 max-sm:px-4">
          <SearchField label={label} autoFocus />
        </div>
        <p role="status" className="px-5 pb-2 text-sm text-ink-soft tabular-nums max-sm:px-4">
          {status}
        </p>
        <ListBox
          aria-label={listLabel}
          items={results}
          onAction={(key) => onChoose(String(key))}
          className="max-h-[50vh] overflow-y-auto border-t border-line py-1 outline-none data-empty:hidden"
        >
          {(result) => <ResultItem {...result} />}
        </ListBox>
      </Autocomplete>
    </div>
  </ModalDialog>
)

const ResultItem = ({ id, name, matches = [], detail, caps }: SearchResult) => (
  <ListBoxItem
    id={id}
    textValue={withoutIsolates(name)}
    className="mx-1 flex cursor-default items-start gap-3 rounded-md px-4 py-2 break-words outline-none hover:bg-hover focus:bg-hover focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-accent max-sm:px-3 max-sm:py-2.5"
  >
    <span className="min-w-0 flex-1">
      <bdi className="line-clamp-2">{markMatches(name, matches)}</bdi>
      {detail !== undefined && (
        <span dir="auto" className="block truncate text-sm text-ink-soft">
          {detail}
        </span>
      )}
    </span>
    {caps && <KeyCaps caps={caps} />}
  </ListBoxItem>
)

function markMatches(name: string, matches: readonly TextRange[]) {
  const ends = [0, ...matches.map(({ end }) => end)]
  return ends.map((end, index) => {
    const match = matches[index]
    return (
      <Fragment key={end}>
        <span>{name.slice(end, match?.start)}</span>
        {match && (
          <mark className="rounded-xs bg-warning-soft text-ink">
            {name.slice(match.start, match.end)}
          </mark>
        )}
      </Fragment>
    )
  })
}
