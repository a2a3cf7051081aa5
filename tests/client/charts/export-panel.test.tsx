import { expect, onTestFinished, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { createMachine } from 'xstate'
import { ExportPanel } from '#charts/export/export-panel.tsx'
import type { ChartLayout } from '#charts/layout/chart-layout.ts'
import { readChart } from '#charts/read-chart.ts'
import { button, clickNow } from '../../support/page-parts.ts'

test('The panel lists what the exported file can’t express', async () => {
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {})
  onTestFinished(() => click.mockRestore())
  const states = { a: { on: { go: { guard: () => true, target: 'b' } } }, b: {} }
  const chart = readChart(createMachine({ id: 'm', initial: 'a', states }))
  // Of the text formats, only SVG reads the layout.
  const layout = {} as ChartLayout
  const service = { getLayout: () => layout, computeLayout: async () => layout }
  const request = { chart, direction: 'down', collapsed: new Set<string>() } as const
  const { unmount } = await render(
    <ExportPanel request={request} title="Machine" service={service} />,
  )
  onTestFinished(unmount)

  await button('Export as SCXML').click()
  await expect
    .element(page.getByRole('status'))
    .toHaveTextContent(
      'What SCXML can’t express:m.a, on go: an inline guard becomes an unnamed call.',
    )
  await button('Export as JSON').click()
  await expect
    .element(page.getByRole('status'))
    .toHaveTextContent(
      'What JSON can’t express:m.a, on go: the guard is inline code; only the name “inline guard” is exported.',
    )
  await button('Export as Mermaid').click()
  await expect.element(page.getByRole('status')).not.toBeInTheDocument()
})

test('A second press while a file is being written does nothing', async () => {
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {})
  onTestFinished(() => click.mockRestore())
  const chart = readChart(createMachine({ id: 'm', initial: 'a', states: { a: {} } }))
  const layout = {} as ChartLayout
  const computing = Promise.withResolvers<ChartLayout>()
  const computeLayout = vi.fn(() => computing.promise)
  const service = { getLayout: () => layout, computeLayout }
  const request = { chart, direction: 'down', collapsed: new Set<string>() } as const
  const { unmount } = await render(
    <ExportPanel request={request} title="Machine" service={service} />,
  )
  onTestFinished(unmount)

  for (const _press of [1, 2]) clickNow(button('Export as Mermaid'))
  await expect.element(button('Export as Mermaid')).toHaveAttribute('aria-disabled', 'true')
  computing.resolve(layout)
  await expect.poll(() => click.mock.calls.length).toBe(1)
  await expect.element(button('Export as Mermaid')).toHaveAttribute('aria-disabled', 'false')
  expect(computeLayout).toHaveBeenCalledOnce()
})
