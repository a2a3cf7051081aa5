import { useState } from 'react'
import { formatCount } from '#shared/count.ts'
import { searchKey } from '#shared/search-key.ts'
import { findMatches, hasWords, searchWords } from '#shared/search-match.ts'
import { SearchDialog } from '#ui/search-dialog.tsx'
import { runAfterDialog } from './run-after-dialog.ts'
import { useCommands } from './use-commands.ts'

/** More are not read through; a longer search finds fewer. */
const maxShown = 50

type CommandPaletteProps = {
  /** The course that is open. */
  courseId: string | undefined
  /** What it is searched for at first. */
  initial?: string | undefined
  onClose: () => void
}

/** Everything that can be done, to be found by its name. */
export function CommandPalette({ courseId, initial = '', onClose }: CommandPaletteProps) {
  const [typed, setTyped] = useState(initial)
  const words = searchWords(typed)
  const found = useCommands(courseId).filter(({ name }) => hasWords(searchKey(name), words))
  return (
    <SearchDialog
      title="Commands"
      label="Search commands"
      listLabel="Commands found"
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
  if (count === 0) return 'No command is called that.'
  return count > maxShown
    ? `The first ${maxShown} of ${formatCount(count, 'command')}`
    : formatCount(count, 'command')
}
