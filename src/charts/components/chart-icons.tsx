import { createIcon } from '#ui/icons.tsx'

export const FitIcon = createIcon(
  'M4 7.5V5a1 1 0 0 1 1-1h2.5M12.5 4H15a1 1 0 0 1 1 1v2.5M16 12.5V15a1 1 0 0 1-1 1h-2.5M7.5 16H5a1 1 0 0 1-1-1v-2.5',
)
export const DownIcon = createIcon('M10 4v12M5.5 11.5 10 16l4.5-4.5')
export const RightIcon = createIcon('M4 10h12M11.5 5.5 16 10l-4.5 4.5')
export const OverviewIcon = createIcon('M4 4.5h5v4H4zM11 11.5h5v4h-5zM4 11.5h5v4H4zM11 4.5h5v4h-5z')
export const ExpandIcon = createIcon('M3.5 4h13v12h-13zM3.5 8h13M6.5 11h3v2.5h-3zM12 11h2')
export const PreviousStepIcon = createIcon('m12.5 5-5 5 5 5')
export const NextStepIcon = createIcon('m7.5 5 5 5-5 5')
