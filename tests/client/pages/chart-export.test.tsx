import { describe, expect, onTestFinished, vi } from 'vitest'
import { page } from 'vitest/browser'
import { toMachineConfig } from '#charts/export/machine-config.ts'
import { toMermaid } from '#charts/export/mermaid.ts'
import { toScxml } from '#charts/export/scxml.ts'
import { readChart } from '#charts/read-chart.ts'
import { chapterMachine } from '#machines/chapter.machine.ts'
import { expectAccessible } from '../../support/axe.ts'
import { button } from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'

const chart = readChart(chapterMachine)

/** Intercepts downloads. The returned function exports the chart and returns the file. */
function interceptDownloads() {
  const saved: { name: string; url: string }[] = []
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    saved.push({ name: this.download, url: this.href })
  })
  onTestFinished(() => click.mockRestore())
  return async (format: string) => {
    await button(`Export as ${format}`).click()
    await expect.poll(() => saved.length).toBe(1)
    const [file] = saved.splice(0)
    const content = await fetch(file?.url ?? '').then((response) => response.blob())
    return { name: file?.name, content }
  }
}

function parseXml(xml: string, root: string) {
  const { documentElement } = new DOMParser().parseFromString(xml, 'application/xml')
  expect(documentElement.localName).toBe(root)
  return documentElement
}

describe('the chart that is shown', () => {
  test('can be exported in every format', async ({ open }) => {
    await open('/charts?machine=chapter')
    const save = interceptDownloads()

    const svg = await save('SVG')
    expect(svg.name).toBe('chapter.svg')
    const drawing = parseXml(await svg.content.text(), 'svg')
    const names = [...drawing.querySelectorAll('[data-state-id]')].map((state) =>
      state.getAttribute('data-state-id'),
    )
    expect(names.sort()).toEqual(
      ['chapter', 'chapter.showing', 'chapter.linking', 'chapter.settled'].sort(),
    )

    const png = await save('PNG')
    expect([png.name, png.content.type]).toEqual(['chapter.png', 'image/png'])
    const picture = await createImageBitmap(png.content)
    expect(picture.width).toBe(Number(drawing.getAttribute('width')) * 2)

    const mermaid = await save('Mermaid')
    expect([mermaid.name, await mermaid.content.text()]).toEqual(['chapter.mmd', toMermaid(chart)])

    const scxml = await save('SCXML')
    expect([scxml.name, await scxml.content.text()]).toEqual(['chapter.scxml', toScxml(chart)])
    parseXml(toScxml(chart), 'scxml')

    const json = await save('JSON')
    expect(json.name).toBe('chapter.json')
    expect(JSON.parse(await json.content.text())).toEqual(toMachineConfig(chart))
    await expectAccessible()
  })

  test('is linked from every page', async ({ open }) => {
    await open('/')
    await page.getByRole('link', { name: 'Statecharts' }).click()
    await expect.element(page.getByRole('combobox', { name: 'Machine' })).toHaveValue('video')
  })
})
