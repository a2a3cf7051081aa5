import { useState } from 'react'
import { formatCount } from '#shared/count.ts'
import { searchKey } from '#shared/search-key.ts'
import { findMatches, matchesWords, searchWords } from '#shared/search-match.ts'
import { SearchDialog } from '#ui/search-dialog.tsx'
import { runAfterDialog } from './run-after-dialog.ts'
import { useCommands } from './use-commands.ts'

/** Nobody reads a longer list; a more specific search finds fewer. */
const maxShown = 50

type CommandPaletteProps = {
  /** The open course. */
  courseId: string | undefined
  /** The initial search text. */
  initial?: string | undefined
  onClose: () => void
}

/** Searches all available commands by name. */
export function CommandPalette({ courseId, initial = '', onClose }: CommandPaletteProps) {
  const [typed, setTyped] = useState(initial)
  const words = searchWords(typed)
  const found = useCommands(courseId).filter(({ name }) => matchesWords(searchKey(name), words))
  return (
    <SearchDialog
      title="Commands"
      label="Search commands"
      listLabel="Matching commands"
      typed={typed}
      onType={setTyped}
      results={found
        .slice(0, maxShown)
        .map((command) => ({ ...command, matches: findMatches(command.name, words) }))}
      status={describeFound(found.length)}
      onChoose={(id) => {
        const chosen = found.find((command) => command.id === id)
        if (chosen) runAfterDialog(onClose, chosen.run)
      }}
      onClose={onClose}
    />
  )
}

function describeFound(count: number): string {
  if (count === 0) return 'No matching commands.'
  return count > maxShown
    ? `Showing the first ${maxShown} of ${formatCount(count, 'command')}`
    : formatCount(count, 'command')
}
