import type { ReactNode } from 'react'

type IconProps = { className?: string }

/** Creates an icon from the `d` of an SVG path on a square of 20 units. */
export const createIcon = (path: string) => (props: IconProps) => (
  <Svg {...props}>
    <path d={path} />
  </Svg>
)

export const AddIcon = createIcon('M10 4.5v11M4.5 10h11')
export const BackIcon = createIcon('M16 10H4.5M9 5.5 4.5 10 9 14.5')
export const CheckIcon = createIcon('m4.5 10.5 3.5 3.5 7.5-8')
export const ChevronIcon = createIcon('m6 8 4 4 4-4')
export const ClockIcon = createIcon('M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM10 6.5V10l2.5 1.5')
export const CloseIcon = createIcon('m5.5 5.5 9 9M14.5 5.5l-9 9')
export const CopyIcon = createIcon('M7.5 7.5h8v8h-8zM12.5 7.5v-3h-8v8h3')
export const FilmIcon = createIcon(
  'M4.5 4h11A1.5 1.5 0 0 1 17 5.5v9a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 3 14.5v-9A1.5 1.5 0 0 1 4.5 4ZM8.5 7.5v5l4-2.5z',
)
export const FolderIcon = createIcon(
  'M3.5 6A1.5 1.5 0 0 1 5 4.5h3l2 2h5A1.5 1.5 0 0 1 16.5 8v6a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 14z',
)
export const GridIcon = createIcon(
  'M4 4h4.5v4.5H4zM11.5 4H16v4.5h-4.5zM4 11.5h4.5V16H4zM11.5 11.5H16V16h-4.5z',
)
export const GripIcon = createIcon(
  'M7.5 5.5h.01M12.5 5.5h.01M7.5 10h.01M12.5 10h.01M7.5 14.5h.01M12.5 14.5h.01',
)
export const ListIcon = createIcon(
  'M7.5 5.5h9M7.5 10h9M7.5 14.5h9M3.5 5.5h.01M3.5 10h.01M3.5 14.5h.01',
)
export const MinusIcon = createIcon('M4.5 10h11')
export const MoonIcon = createIcon('M16.5 11.5A7 7 0 0 1 8.5 3.5a7 7 0 1 0 8 8Z')
export const MoreIcon = createIcon(
  'M5 10.5a.5.5 0 1 0 0-1 .5.5 0 0 0 0 1ZM10 10.5a.5.5 0 1 0 0-1 .5.5 0 0 0 0 1ZM15 10.5a.5.5 0 1 0 0-1 .5.5 0 0 0 0 1Z',
)
export const MoveIcon = createIcon('M10 3.5v13M6.5 7 10 3.5 13.5 7M6.5 13l3.5 3.5 3.5-3.5')
export const PauseIcon = createIcon('M7.5 5v10M12.5 5v10')
export const PersonIcon = createIcon(
  'M10 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM4 16.5c.5-3 3-4.5 6-4.5s5.5 1.5 6 4.5',
)
export const PencilIcon = createIcon('M12.5 4.5 15.5 7.5 7.5 15.5 4 16l.5-3.5zM11 6l3 3')
export const PlayIcon = createIcon('M6.5 4.5v11l9-5.5z')
export const RetryIcon = createIcon('M15.8 8A6.2 6.2 0 1 0 16 11.5M16 4.5V8h-3.5')
export const SearchIcon = createIcon('M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11ZM13 13l3.5 3.5')
export const SunIcon = createIcon(
  'M10 13a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM10 2.5V4M10 16v1.5M2.5 10H4M16 10h1.5M4.7 4.7l1 1M14.3 14.3l1 1M15.3 4.7l-1 1M5.7 14.3l-1 1',
)
export const SystemIcon = createIcon(
  'M4 4h12a1 1 0 0 1 1 1v7.5a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1ZM7.5 16.5h5M10 13.5v3',
)
export const TrashIcon = createIcon(
  'M4 6h12M8 6V4.5A1 1 0 0 1 9 3.5h2a1 1 0 0 1 1 1V6M5.5 6l.6 9a1.5 1.5 0 0 0 1.5 1.5h4.8a1.5 1.5 0 0 0 1.5-1.5l.6-9M8.5 9.5v4M11.5 9.5v4',
)
export const UndoIcon = createIcon('M7 4.5 3.5 8 7 11.5M3.5 8H12a4 4 0 0 1 0 8H9')
export const UploadIcon = createIcon('M10 13V4M6.5 7.5 10 4l3.5 3.5M4 13v2.5h12V13')
export const WarningIcon = createIcon(
  'M9.1 4 2.9 14.5A1 1 0 0 0 3.8 16h12.4a1 1 0 0 0 .9-1.5L10.9 4a1 1 0 0 0-1.8 0ZM10 8v3.5M10 13.7h.01',
)

/** A spinning ring; it stands still, with a visible gap, under `prefers-reduced-motion`. */
export const SpinnerIcon = ({ className = '' }: IconProps) => (
  <Svg className={`motion-safe:animate-spin ${className}`}>
    <path d="M10 3.5a6.5 6.5 0 1 1-6.5 6.5" />
  </Svg>
)

function Svg({ className = '', children }: IconProps & { children: ReactNode }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 20 20" className={`icon ${className}`}>
      {children}
    </svg>
  )
}
