import { describe, expect, onTestFinished, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { ChartStage } from '#charts/components/chart-stage.tsx'
import { noMarks } from '#charts/drawing/marks.ts'
import { computeLayout } from '#charts/layout/compute-layout.ts'
import { createLayoutService, type LayoutService } from '#charts/layout/layout-service.ts'
import { createBrowserMeasure } from '#charts/layout/measure-text.ts'
import { readChart } from '#charts/read-chart.ts'
import { createRing } from '#scripts/charts/large-charts.ts'
import { expectAccessible } from '../../support/axe.ts'
import { button } from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'

const findState = (id: string) => document.querySelector(`svg [data-state-id="${id}"]`)
const listNames = () =>
  [...document.querySelectorAll('svg [data-state-id]')].map((state) =>
    state.getAttribute('data-state-id'),
  )

const click = (element: Element | null, detail = 1) =>
  element?.dispatchEvent(new MouseEvent('click', { bubbles: true, detail }))

describe('An overview', () => {
  test('lists the children of the outermost states, and expands them on a click', async ({
    open,
  }) => {
    await open('/charts?machine=video')
    await button('Show an overview').click()
    await expect.poll(listNames).toEqual(['video', 'video.link', 'video.filename', 'video.request'])
    expect(page.getByRole('region', { name: 'Picture' }).element().textContent).toContain(
      'holds idle, sending, backingOff, waiting',
    )
    await expectAccessible()
    const link = findState('video.link')
    click(link)
    await expect.poll(() => findState('video.link.linked')).not.toBeNull()
    // The second click of a double click leaves it open.
    findState('video.link')?.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }))
    await button('Show an overview').click()
    await button('Show everything').click()
    await expect.poll(() => findState('video.filename.editing')).not.toBeNull()
    expect(findState('video.link.linked')).not.toBeNull()
  })
})

test('A reader can show a state as a named exit, and draw its lines again', async ({ open }) => {
  await open('/charts?machine=video&state=video.link.failed')
  const picture = page.getByRole('region', { name: 'Picture' })
  await button('Name as exit').click()
  await expect.poll(() => picture.element().textContent).toContain('→ failed')
  await button('Draw lines to it').click()
  await expect.poll(() => picture.element().textContent).not.toContain('→ failed')
})

test('A single region can be exported as a picture', async ({ open }) => {
  const names: string[] = []
  const spy = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    names.push(this.download)
  })
  onTestFinished(() => spy.mockRestore())
  await open('/charts?machine=video')
  await userEvent.click(button('Export the region link as SVG'))
  await expect.poll(() => names).toEqual(['video.link.svg'])
})

test('A large chart gets the same layout in the worker as in the page', async () => {
  const chart = readChart(createRing(100, 50))
  const request = { chart, direction: 'down', collapsed: new Set<string>() } as const
  const layout = await createLayoutService().computeLayout(request)
  expect(layout).toEqual(computeLayout(request, createBrowserMeasure()))
})

describe('A picture whose layout', () => {
  const chart = readChart(createRing(100, 50))
  const request = { chart, direction: 'down', collapsed: new Set<string>() } as const
  const draw = async (service: LayoutService) => {
    const { unmount } = await render(
      <ChartStage
        {...request}
        service={service}
        marks={noMarks}
        selectedId={null}
        onSelect={() => {}}
        onToggle={() => {}}
      />,
    )
    // Test files share a page: a leftover picture would interfere with later tests.
    onTestFinished(unmount)
  }

  test('fails shows the reason and stops loading', async () => {
    const failure = new Error('The layout took too long.')
    await draw({ getLayout: () => undefined, computeLayout: () => Promise.reject(failure) })
    await expect
      .poll(() => page.getByRole('alert').element().textContent)
      .toContain('The layout took too long.')
    expect(page.getByRole('status').query()).toBeNull()
  })

  test('is simplified says what is left out', async () => {
    const simplification = 'Only main paths are drawn as lines.'
    const layout = { ...computeLayout(request, createBrowserMeasure()), simplification }
    await draw({ getLayout: () => undefined, computeLayout: () => Promise.resolve(layout) })
    await expect.element(page.getByRole('status')).toHaveTextContent(simplification)
  })
})
