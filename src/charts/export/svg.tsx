import { renderToStaticMarkup } from 'react-dom/server'
import { ChartDrawing } from '../drawing/chart-drawing.tsx'
import { noMarks } from '../drawing/marks.ts'
import type { ChartLayout } from '../layout/chart-layout.ts'
import { colours } from './svg-colours.ts'
import { replaceInvalidCharacters } from './xml.ts'

/**
 * Renders a chart as a self-contained SVG file, which follows the system's light or dark mode.
 */
export function renderSvg(layout: ChartLayout, title: string): string {
  const [width, height] = [Math.ceil(layout.width), Math.ceil(layout.height)]
  const drawing = (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      fontFamily={fonts}
    >
      <title>{title}</title>
      <rect width={width} height={height} className="fill-surface" />
      <ChartDrawing
        layout={layout}
        marks={noMarks}
        selectedId={null}
        onSelect={ignore}
        onHover={ignore}
        onToggle={ignore}
      />
    </svg>
  )
  const markup = replaceInvalidCharacters(renderToStaticMarkup(drawing))
  return `${markup.replace('</title>', `</title><style>${createStyle(markup)}</style>`).replaceAll('<g ', '\n<g ')}\n`
}

const fonts = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", Arial, sans-serif'

const ignore = () => {}

/** Recreates the style sheet rules that the drawing uses. */
function createStyle(markup: string): string {
  const used = Object.entries(colours).filter(
    ([name]) => markup.includes(`fill-${name}`) || markup.includes(`stroke-${name}`),
  )
  // Without variables, which renderers other than browsers don't support.
  const rules = (scheme: 'light' | 'dark') =>
    used
      .map(([name, { [scheme]: colour }]) =>
        [`.fill-${name}{fill:${colour}}`, `.stroke-${name}{stroke:${colour}}`].join(''),
      )
      .join('')
  return [
    rules('light'),
    '.fill-none{fill:none}.fill-transparent{fill:transparent}.stroke-transparent{stroke:none}',
    `@media (prefers-color-scheme:dark){${rules('dark')}}`,
  ].join('')
}
