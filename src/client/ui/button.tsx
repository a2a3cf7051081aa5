import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'

type Variant = 'primary' | 'secondary' | 'quiet' | 'danger'
type Size = 'small' | 'medium'

type NativeProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'children'>

type ButtonProps = NativeProps & {
  ref?: Ref<HTMLButtonElement>
  variant?: Variant
  size?: Size
  icon?: ReactNode
  children: ReactNode
}

/** A plain `<button>`, since hundreds of rows each show several: nothing in it costs a hook. */
export const Button = ({
  variant = 'secondary',
  size = 'medium',
  type = 'button',
  icon,
  children,
  ...rest
}: ButtonProps) => (
  <button type={type} className={`${shape} ${padding[size]} ${look[variant]}`} {...rest}>
    {icon}
    {children}
  </button>
)

type IconButtonProps = NativeProps & {
  ref?: Ref<HTMLButtonElement>
  /** The accessible name, shown as a tooltip too. */
  label: string
  icon: ReactNode
  variant?: Extract<Variant, 'quiet' | 'danger'>
  size?: Size
}

export const IconButton = ({
  label,
  icon,
  variant = 'quiet',
  size = 'medium',
  type = 'button',
  ...rest
}: IconButtonProps) => (
  <button
    type={type}
    aria-label={label}
    title={label}
    className={`${shape} ${square[size]} ${iconLook[variant]}`}
    {...rest}
  >
    {icon}
  </button>
)

const shape =
  'inline-flex shrink-0 select-none items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap transition-colors aria-disabled:opacity-55 [&_svg]:size-4'

const padding: Record<Size, string> = {
  small: 'h-7 px-2 text-sm max-sm:h-10 max-sm:px-3',
  medium: 'h-8 px-3 text-base max-sm:h-10',
}

const square: Record<Size, string> = {
  small: 'size-7 max-sm:size-10',
  medium: 'size-8 max-sm:size-10',
}

const look: Record<Variant, string> = {
  primary:
    'border-transparent bg-accent-solid text-on-accent hover:bg-accent-solid-hover aria-disabled:hover:bg-accent-solid',
  secondary: 'border-line bg-surface text-ink shadow-raised hover:bg-hover',
  quiet: 'border-transparent text-ink-soft hover:bg-hover hover:text-ink',
  danger: 'border-transparent bg-danger-solid text-on-accent hover:bg-danger-solid-hover',
}

const iconLook: Record<'quiet' | 'danger', string> = {
  quiet: look.quiet,
  danger: 'border-transparent text-ink-soft hover:bg-danger-soft hover:text-danger',
}
