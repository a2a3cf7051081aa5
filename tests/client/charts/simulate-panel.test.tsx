import { expect, onTestFinished, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { createMachine } from 'xstate'
import { readChart } from '#charts/read-chart.ts'
import { SimulatePanel } from '#charts/simulate/simulate-panel.tsx'
import { simulate } from '#charts/simulate/simulation.ts'

test('The panel reports the failed step, the reason, and missing implementations', async () => {
  const machine = createMachine({
    id: 'm',
    initial: 'idle',
    states: {
      idle: { on: { go: { guard: 'isReady', target: 'a' } } },
      a: { always: 'b' },
      b: { always: 'a' },
    },
  })
  const run = {
    machineId: 'm',
    input: null,
    steps: [{ do: 'send', event: { type: 'go' } } as const],
  }
  const { unmount } = await render(
    <SimulatePanel
      entry={{ title: 'Machine', machine, input: null, payloads: {}, outputs: {} }}
      chart={readChart(machine)}
      run={run}
      position={1}
      state={simulate(machine, run)}
      onRun={() => {}}
      onPosition={() => {}}
    />,
  )
  onTestFinished(unmount)
  const status = page.getByRole('status').first()
  await expect
    .element(status)
    .toHaveTextContent(
      'The machine failed at “go”: It took 1,000 steps without settling, and keeps cycling through m.a, m.b.',
    )
  await expect.element(status).toHaveTextContent('Not implemented: guard isReady (passes).')
  const steps = page.getByRole('region', { name: 'History' }).getByRole('button').elements()
  expect(steps.map(({ textContent }) => textContent)).toEqual(['Start', 'go (failed)'])
})
