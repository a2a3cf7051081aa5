import { Fragment, useId } from 'react'
import { groupBy } from '#shared/groups.ts'
import { ModalDialog } from '#ui/dialog.tsx'
import { KeyCaps } from '#ui/key-caps.tsx'
import { assetKeys, pickKeys } from '../../features/media/asset-keys.ts'
import { editorKeys, rowKeys, selectionKeys } from '../../features/videos/row-keys.ts'
import { formatKeys, isCharacterKey, type KeyBinding } from '../../lib/key-bindings.ts'
import { useKeyPreferences } from '../../lib/key-preferences.ts'
import { historyKeys } from '../use-history.ts'
import { pageKeys } from './page-keys.ts'

const groups: readonly { title: string; bindings: readonly KeyBinding[] }[] = [
  { title: 'Everywhere', bindings: [...pageKeys, ...historyKeys] },
  { title: 'On a video', bindings: rowKeys },
  { title: 'Selecting videos', bindings: selectionKeys },
  { title: 'While renaming a video', bindings: editorKeys },
  { title: 'In the media library', bindings: assetKeys },
  { title: 'In the selection order', bindings: pickKeys },
]

/** Lists all shortcuts, from the bindings that their handlers use. */
export const ShortcutsDialog = ({ onClose }: { onClose: () => void }) => (
  <ModalDialog title="Keyboard shortcuts" size="small" onClose={onClose}>
    <div className="min-h-40 overflow-y-auto px-5 pb-5 max-sm:px-4">
      <CharacterKeysOption />
      {groups.map((group) => (
        <KeyGroup key={group.title} {...group} />
      ))}
    </div>
  </ModalDialog>
)

/** WCAG 2.1.4: keys that speech input may press by accident can be switched off. */
function CharacterKeysOption() {
  const { hasCharacterKeys, setCharacterKeys } = useKeyPreferences()
  const noteId = useId()
  return (
    <div className="mb-2 rounded-lg bg-sunken px-3 py-2">
      <label className="flex min-h-6 items-center gap-2 font-medium">
        <input
          type="checkbox"
          checked={hasCharacterKeys}
          aria-describedby={noteId}
          onChange={({ target }) => setCharacterKeys(target.checked)}
          className="size-4"
        />
        Single-character keys
      </label>
      <p id={noteId} className="text-sm text-ink-soft">
        Turn these off if they interfere with speech input.
      </p>
    </div>
  )
}

function KeyGroup({ title, bindings }: { title: string; bindings: readonly KeyBinding[] }) {
  const headingId = useId()
  return (
    <section aria-labelledby={headingId}>
      <h3 id={headingId} className="mt-4 mb-1 text-sm font-semibold text-ink-soft">
        {title}
      </h3>
      <dl>
        {[...groupBy(bindings, ({ label }) => label)].map(([label, keys]) => (
          <div
            key={label}
            className="flex min-h-8 items-center justify-between gap-4 border-b border-line py-1 last:border-0"
          >
            <dt>{label}</dt>
            <dd className="flex shrink-0 items-center gap-1.5 text-sm text-ink-soft">
              <Keys bindings={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Keys({ bindings }: { bindings: readonly KeyBinding[] }) {
  const hasCharacterKeys = useKeyPreferences((state) => state.hasCharacterKeys)
  const active = bindings.filter((binding) => hasCharacterKeys || !isCharacterKey(binding))
  if (active.length === 0) return <span>Off</span>
  return active.map((binding, index) => (
    <Fragment key={binding.key}>
      {index > 0 && <span> or </span>}
      <KeyCaps caps={formatKeys(binding)} />
    </Fragment>
  ))
}
