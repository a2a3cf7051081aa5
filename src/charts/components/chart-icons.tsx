import type { ReactNode } from 'react'

const createIcon = (children: ReactNode) => () => (
  <svg
    aria-hidden="true"
    viewBox="0 0 20 20"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.5"
    strokeLinecap="round"
    strokeLinejoin="round"
    className="size-4 shrink-0"
  >
    {children}
  </svg>
)

export const MinusIcon = createIcon(<path d="M4.5 10h11" />)
export const FitIcon = createIcon(
  <path d="M4 7.500V5a1 1 0 0 1 1-1h2.500M12.500 4H15a1 1 0 0 1 1 1v2.500M16 12.500V15a1 1 0 0 1-1 1h-2.500M7.500 16H5a1 1 0 0 1-1-1v-2.500" />,
)
export const DownIcon = createIcon(<path d="M10 4v12M5.500 11.500 10 16l4.500-4.500" />)
export const RightIcon = createIcon(<path d="M4 10h12M11.500 5.500 16 10l-4.500 4.500" />)
export const OverviewIcon = createIcon(
  <path d="M4 4.500h5v4H4zM11 11.500h5v4h-5zM4 11.500h5v4H4zM11 4.500h5v4h-5z" />,
)
export const ExpandIcon = createIcon(
  <path d="M3.500 4h13v12h-13zM3.500 8h13M6.500 11h3v2.500h-3zM12 11h2" />,
)
export const PreviousStepIcon = createIcon(<path d="m12.500 5-5 5 5 5" />)
export const NextStepIcon = createIcon(<path d="m7.500 5 5 5-5 5" />)
export const PauseIcon = createIcon(<path d="M7.500 5v10M12.500 5v10" />)
