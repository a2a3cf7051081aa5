import { useState } from 'react'
import { errorMessage } from '#shared/error-message.ts'
import { Button } from '#ui/button.tsx'
import { loadExportFormats, loadPngRenderer } from '../chart-code.ts'
import type { LayoutRequest } from '../layout/compute-layout.ts'
import type { LayoutService } from '../layout/layout-service.ts'
import { download } from './download.ts'
import type { ExportFormat, ExportRequest } from './export-formats.ts'

type ExportPanelProps = {
  request: LayoutRequest
  title: string
  service: LayoutService
}

type FileFormat = ExportFormat | 'png'

const formats: Record<FileFormat, { name: string; type: string }> = {
  svg: { name: 'SVG', type: 'image/svg+xml' },
  png: { name: 'PNG', type: 'image/png' },
  mmd: { name: 'Mermaid', type: 'text/plain' },
  scxml: { name: 'SCXML', type: 'application/scxml+xml' },
  json: { name: 'JSON', type: 'application/json' },
}

/** Saves the chart as a file, in the direction shown and with the same states collapsed. */
export function ExportPanel({ request, title, service }: ExportPanelProps) {
  const [failure, setFailure] = useState<string | null>(null)
  const save = async (format: FileFormat) => {
    try {
      const layout = await service.computeLayout(request)
      download(
        `${request.chart.machineId}.${format}`,
        await createContent(format, { chart: request.chart, layout, title }),
      )
      setFailure(null)
    } catch (error) {
      setFailure(errorMessage(error))
    }
  }
  return (
    <section aria-label="Export" className="flex flex-wrap items-center px-3 pt-3">
      <h2 className="w-full font-semibold">Export</h2>
      {Object.entries(formats).map(([format, { name }]) => (
        <Button
          key={format}
          size="small"
          variant="quiet"
          aria-label={`Export as ${name}`}
          // The keys of the record are the formats.
          onClick={() => void save(format as FileFormat)}
        >
          {name}
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

// Loads the writers on demand: nobody else needs them.
async function createContent(format: FileFormat, request: ExportRequest): Promise<Blob> {
  const { exportChart } = await loadExportFormats()
  if (format !== 'png')
    return new Blob([exportChart(format, request)], { type: formats[format].type })
  const { renderPng } = await loadPngRenderer()
  return renderPng(exportChart('svg', request))
}
