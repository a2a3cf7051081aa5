import { IconButton } from '#ui/button.tsx'
import { AddIcon, MinusIcon } from '#ui/icons.tsx'
import { FitIcon } from '../components/chart-icons.tsx'

type ZoomButtonsProps = { onZoom: (factor: number) => void; onZoomToFit: () => void }

/** Buttons in a drawing's corner. `onZoom` gets the factor by which the scale is to change. */
export const ZoomButtons = ({ onZoom, onZoomToFit }: ZoomButtonsProps) => (
  <div className="absolute top-3 right-3 flex cursor-default flex-col rounded-lg border border-line bg-surface p-0.5 shadow-raised">
    <IconButton size="small" label="Zoom in" icon={<AddIcon />} onClick={() => onZoom(1.25)} />
    <IconButton size="small" label="Zoom out" icon={<MinusIcon />} onClick={() => onZoom(0.8)} />
    <IconButton size="small" label="Zoom to fit" icon={<FitIcon />} onClick={onZoomToFit} />
  </div>
)
