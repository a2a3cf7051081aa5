import { Header } from 'react-aria-components/Header'
import { Menu, MenuItem, MenuSection } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'

export interface MenuAction {
  id: string
  label: string
  onAction: () => void
  isDisabled?: boolean
}

export interface MenuGroup {
  /** Shown above its actions. */
  title?: string
  actions: readonly MenuAction[]
}

type ActionMenuProps = {
  label: string
  /** The id of the button that the menu belongs to. */
  triggerId: string
  groups: readonly MenuGroup[]
  onClose: () => void
}

/** A menu below its button, open while mounted. */
export function ActionMenu({ label, triggerId, groups, onClose }: ActionMenuProps) {
  const actions = groups.flatMap((group) => group.actions)
  return (
    <Popover
      isOpen
      aria-label={label}
      triggerRef={{ current: document.getElementById(triggerId) }}
      placement="bottom end"
      onOpenChange={(open) => !open && onClose()}
      className="z-40 min-w-48 animate-appear overflow-y-auto rounded-lg border border-line bg-raised py-1 shadow-floating outline-none"
    >
      <Menu
        aria-label={label}
        autoFocus="first"
        onAction={(key) => actions.find(({ id }) => id === key)?.onAction()}
        onClose={onClose}
        className="outline-none"
      >
        {groups.map(({ title, actions }, index) => (
          <MenuSection
            key={title ?? index}
            {...(title === undefined && { 'aria-label': label })}
            className="not-first:mt-1 not-first:border-t not-first:border-line not-first:pt-1"
          >
            {title !== undefined && (
              <Header className="px-4 py-1 text-sm text-ink-soft">{title}</Header>
            )}
            {actions.map(({ id, label, isDisabled = false }) => (
              <MenuItem
                key={id}
                id={id}
                isDisabled={isDisabled}
                className="mx-1 cursor-default rounded-md px-3 py-1.5 outline-none focus:bg-hover disabled:opacity-55 focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-accent max-sm:py-2.5"
              >
                <span>{label}</span>
              </MenuItem>
            ))}
          </MenuSection>
        ))}
      </Menu>
    </Popover>
  )
}
