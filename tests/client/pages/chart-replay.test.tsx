import { expect } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { readChart } from '#charts/read-chart.ts'
import { chapterMachine } from '#machines/chapter.machine.ts'
import { noVideos } from '#machines/pending-videos.ts'
import { test } from '../../support/page-test.tsx'

test('A trace highlights the taken transitions and marks inferred ones', async ({ open }) => {
  await open('/charts?machine=chapter&mode=replay')
  const context = { chapterId: 'one', added: [], due: [], videos: noVideos, counted: [] }
  const at = (value: string) => ({ value, context, status: 'active' })
  const trace = {
    version: 2,
    machine: 'chapter',
    hash: readChart(chapterMachine).fingerprint,
    seed: 7,
    input: { chapterId: 'one' },
    steps: [
      { event: { type: 'xstate.init' }, snapshot: at('settled') },
      { event: { type: 'videos.add', videos: [] }, snapshot: at('linking') },
    ],
  }
  const file = new File([JSON.stringify(trace)], 'trace.json')
  await userEvent.upload(page.getByLabelText('Test trace'), file)
  await page.getByRole('button', { name: 'Next step' }).click()
  const steps = page.getByRole('region', { name: 'Trace steps' }).getByRole('listitem')
  await expect
    .poll(() => steps.elements().map(({ textContent }) => textContent))
    .toEqual(['xstate.init', 'videos.addinferred, not in the trace: done: framePainted'])
  const listTaken = () =>
    [...document.querySelectorAll('[data-taken]')].map((row) =>
      row.getAttribute('data-transition-id'),
    )
  await expect
    .poll(listTaken)
    .toEqual(['chapter|videos.add|0', 'chapter.showing|xstate.done.actor.framePainted|1'])
})
