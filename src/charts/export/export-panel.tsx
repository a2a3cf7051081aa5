import { useState } from 'react'
import { errorMessage } from '#shared/error-message.ts'
import { Button } from '#ui/button.tsx'
import { SpinnerIcon } from '#ui/icons.tsx'
import { useBusy } from '#ui/use-busy.ts'
import type { Chart } from '../chart.ts'
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

/** Saves the chart as a file, in the direction shown and with the current states collapsed. */
export function ExportPanel({ request, title, service }: ExportPanelProps) {
  const [failure, setFailure] = useState<string | null>(null)
  const [lost, setLost] = useState<Losses | null>(null)
  const { isBusy, run } = useBusy()
  const { chart } = request
  const save = async (format: FileFormat) => {
    try {
      const layout = await service.computeLayout(request)
      const { content, losses } = await createContent(format, { chart, layout, title })
      download(`${chart.machineId}.${format}`, content)
      setFailure(null)
      setLost({ name: formats[format].name, chart, losses })
    } catch (error) {
      setFailure(errorMessage(error))
    }
  }
  return (
    <section aria-label="Export" className="flex flex-wrap items-center px-3 pt-3">
      <h2 className="flex w-full items-center gap-2 font-semibold">
        <span>Export</span>
        {isBusy && (
          <span className="animate-appear-late">
            <SpinnerIcon />
          </span>
        )}
      </h2>
      {Object.entries(formats).map(([format, { name }]) => (
        <Button
          key={format}
          size="small"
          variant="quiet"
          aria-label={`Export as ${name}`}
          aria-disabled={isBusy}
          // The keys of the record are the formats.
          onClick={() => void run(() => save(format as FileFormat))}
        >
          {name}
        </Button>
      ))}
      {failure !== null && (
        <p role="alert" className="w-full text-sm text-danger">
          {`The export failed: ${failure}`}
        </p>
      )}
      {lost?.chart === chart && lost.losses.length > 0 && <LossList {...lost} />}
    </section>
  )
}

/** What a format could not express about a chart. */
interface Losses {
  name: string
  chart: Chart
  losses: string[]
}

const LossList = ({ name, losses }: Losses) => (
  <div role="status" className="w-full text-sm text-ink-soft">
    <p>{`What ${name} can’t express:`}</p>
    <ul className="list-disc pl-4">
      {[...new Set(losses)].map((loss) => (
        <li key={loss}>{loss}</li>
      ))}
    </ul>
  </div>
)

interface ExportedFile {
  content: Blob
  losses: string[]
}

// The writers are loaded on demand, because nothing else needs them.
async function createContent(format: FileFormat, request: ExportRequest): Promise<ExportedFile> {
  const { exportChart, listLosses } = await loadExportFormats()
  if (format !== 'png') {
    const content = new Blob([exportChart(format, request)], { type: formats[format].type })
    return { content, losses: listLosses(format, request.chart) }
  }
  const { renderPng } = await loadPngRenderer()
  return { content: await renderPng(exportChart('svg', request)), losses: [] }
}
