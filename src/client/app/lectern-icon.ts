import { createIcon } from '#ui/icons.tsx'

export const LecternIcon = createIcon('m3.5 5.5 13-1.5v5.5L3.5 11zM10 10.5V16M7 16.5h6')
