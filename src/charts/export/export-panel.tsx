import { useState } from 'react'
import { Button } from '#ui/button.tsx'
import type { LayoutWish } from '../layout/lay-out.ts'
import type { LayoutService } from '../layout/layout-service.ts'
import type { ExportFormat, ExportWish } from './export-formats.ts'

type ExportPanelProps = {
  wish: LayoutWish
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

/** Saves the chart that is shown as a file, as it is shown: its direction, and what is collapsed. */
export function ExportPanel({ wish, title, service }: ExportPanelProps) {
  const [hasFailed, setHasFailed] = useState(false)
  const save = async (format: FileFormat) => {
    try {
      const layout = await service.layOut(wish)
      download(
        `${wish.chart.machineId}.${format}`,
        await contentOf(format, { ...wish, layout, title }),
      )
      setHasFailed(false)
    } catch (error) {
      reportError(error)
      setHasFailed(true)
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
          // The formats are the record's keys.
          onClick={() => void save(format as FileFormat)}
        >
          {name}
        </Button>
      ))}
      {hasFailed && (
        <p role="alert" className="w-full text-sm text-danger">
          The file could not be made. Try another format.
        </p>
      )}
    </section>
  )
}

// What writes the files is loaded only now: reading charts needs none of it.
async function contentOf(format: FileFormat, wish: ExportWish): Promise<Blob> {
  const { exportOf } = await import('./export-formats.ts')
  if (format !== 'png') return new Blob([exportOf(format, wish)], { type: formats[format].type })
  const { pngOf } = await import('./png.ts')
  return pngOf(exportOf('svg', wish))
}

function download(name: string, content: Blob) {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // A browser that is told too soon that the file can go saves nothing.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
