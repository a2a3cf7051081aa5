import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { withoutIsolates } from '#shared/isolate.ts'

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

/** A plain `<button>` without hooks: hundreds of rows render several each. */
export const Button = ({
  variant = 'secondary',
  size = 'medium',
  type = 'button',
  icon,
  children,
  ...rest
}: ButtonProps) => (
  <button type={type} className={`button button-${size} button-${variant}`} {...rest}>
    {icon}
    <span>{children}</span>
  </button>
)

type IconButtonProps = NativeProps & {
  ref?: Ref<HTMLButtonElement>
  /** The accessible name and the tooltip; a name in it has to be isolated. */
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
    aria-label={withoutIsolates(label)}
    title={label}
    className={`button icon-button-${size} icon-button-${variant}`}
    {...rest}
  >
    {icon}
  </button>
)
