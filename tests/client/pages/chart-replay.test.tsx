import { expect } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { chartOf } from '#charts/chart-model.ts'
import { chapterMachine } from '#machines/chapter.machine.ts'
import { test } from '../../support/page-test.tsx'

test('A trace lights up what the machine took, and says what is guessed', async ({ open }) => {
  await open('/charts?machine=chapter&mode=replay')
  const context = { chapterId: 'one', placed: [], run: {}, unsavedNames: [] }
  const at = (value: string) => ({ value, context, status: 'active' })
  const trace = {
    ...{ version: 1, machine: 'chapter', hash: chartOf(chapterMachine).fingerprint, seed: 7 },
    input: { chapterId: 'one' },
    steps: [
      { event: { type: 'xstate.init' }, snapshot: at('settled') },
      { event: { type: 'videos.add', picks: [], after: null }, snapshot: at('placing') },
    ],
  }
  const file = new File([JSON.stringify(trace)], 'trace.json')
  await userEvent.upload(page.getByLabelText('Trace of a test'), file)
  await page.getByRole('button', { name: 'One step forward' }).click()
  const steps = page.getByRole('region', { name: 'Steps of the trace' }).getByRole('listitem')
  await expect
    .poll(() => steps.elements().map(({ textContent }) => textContent))
    .toEqual(['xstate.init', 'videos.addnot in the trace, guessed: videos.placed'])
  const lit = () =>
    [...document.querySelectorAll('[data-taken]')].map((row) =>
      row.getAttribute('data-transition-id'),
    )
  await expect.poll(lit).toEqual(['chapter|videos.placed|0', 'chapter.settled|videos.add|1'])
})
