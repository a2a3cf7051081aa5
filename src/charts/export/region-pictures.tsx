import { useState } from 'react'
import { errorMessage } from '#shared/error-message.ts'
import { Button } from '#ui/button.tsx'
import type { ChartState } from '../chart.ts'
import { loadExportFormats } from '../chart-code.ts'
import type { LayoutRequest } from '../layout/compute-layout.ts'
import type { LayoutService } from '../layout/layout-service.ts'
import { download } from './download.ts'
import { extractRegion, listRegions } from './extract-region.ts'

type RegionPicturesProps = { request: LayoutRequest; service: LayoutService }

/** Saves one region of the chart as a picture; renders nothing for a chart without regions. */
export function RegionPictures({ request, service }: RegionPicturesProps) {
  const [failure, setFailure] = useState<string | null>(null)
  const regions = listRegions(request.chart)
  if (regions.length === 0) return null
  const save = async (region: ChartState) => {
    try {
      const chart = extractRegion(request.chart, region)
      const layout = await service.computeLayout({ ...request, chart })
      const { exportChart } = await loadExportFormats()
      const svg = exportChart('svg', { chart, layout, title: region.key })
      download(`${region.id}.svg`, new Blob([svg], { type: 'image/svg+xml' }))
      setFailure(null)
    } catch (error) {
      setFailure(errorMessage(error))
    }
  }
  return (
    <section aria-label="Export one region" className="flex flex-wrap items-center px-3">
      <h3 className="pr-2 text-sm text-ink-soft">One region as SVG</h3>
      {regions.map((region) => (
        <Button
          key={region.id}
          size="small"
          variant="quiet"
          aria-label={`Export the region ${region.key} as SVG`}
          onClick={() => void save(region)}
        >
          {region.key}
        </Button>
      ))}
      {failure !== null && (
        <p role="alert" className="w-full text-sm text-danger">
          {`The export failed: ${failure}`}
        </p>
      )}
    </section>
  )
}
