import { useParams } from '@tanstack/react-router'
import { IconButton } from '#ui/button.tsx'
import { SearchIcon } from '#ui/icons.tsx'
import { formatKeys } from '../../lib/key-bindings.ts'
import { useDialog } from '../dialog.store.ts'
import { pageKeys } from './page-keys.ts'

/** Opens the command palette, for those who don't know its shortcut. */
export function CommandsButton() {
  const { courseId } = useParams({ strict: false })
  return (
    <span className="max-sm:hidden">
      <IconButton
        label="Commands"
        title={title}
        icon={<SearchIcon />}
        onClick={() => useDialog.getState().open({ kind: 'commands', courseId })}
      />
    </span>
  )
}

const [binding] = pageKeys
const title = binding && `${binding.label} (${formatKeys(binding).join(' ')})`
