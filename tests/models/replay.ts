import { test } from 'vitest'
import { createPathFromEvents } from '../support/model.ts'
import { type MachineId, models } from './models.ts'
import { currentOptions, readTrace } from './options.ts'
import { pathTests } from './path-tests.ts'
import { type Race, replayActions, runRace } from './races/race.ts'
import { createReplaySchedule } from './races/schedule.ts'

const { replay } = currentOptions()

test('the recorded trace passes', async () => {
  const { machine, input, steps, race } = readTrace(replay ?? '')
  if (race) {
    // A run of the races wrote the file, so its parts have these types.
    const { actions, order, ...environment } = race as unknown as Race
    await runRace(createReplaySchedule(order), environment, replayActions(actions))
    return
  }
  const id = machine as MachineId
  const started = pathTests[id](input)
  const path = createPathFromEvents(
    models[id].machine,
    input,
    steps.map(({ event }) => event),
  )
  await path.test(started)
  started.actor.stop()
})
