import type { AnyStateMachine } from 'xstate'
import { authoringMachine } from '#machines/authoring.machine.ts'
import { chapterMachine } from '#machines/chapter.machine.ts'
import { videoMachine } from '#machines/video.machine.ts'
import { actions } from './charts/actions.chart.ts'
import { always } from './charts/always.chart.ts'
import { customIds } from './charts/custom-ids.chart.ts'
import { deep } from './charts/deep.chart.ts'
import { delays } from './charts/delays.chart.ts'
import { dense } from './charts/dense.chart.ts'
import { empty } from './charts/empty.chart.ts'
import { finalStates } from './charts/final-states.chart.ts'
import { guards } from './charts/guards.chart.ts'
import { history } from './charts/history.chart.ts'
import { invokes } from './charts/invokes.chart.ts'
import { parallelRegions } from './charts/parallel-regions.chart.ts'
import { route } from './charts/route.chart.ts'
import { selfTransitions } from './charts/self-transitions.chart.ts'
import { trafficLight } from './charts/traffic-light.chart.ts'
import { wildcards } from './charts/wildcards.chart.ts'

/** Some of the project's machines, and charts that together use every feature of XState 5. */
export const allCharts: Record<string, AnyStateMachine> = {
  video: videoMachine,
  chapter: chapterMachine,
  authoring: authoringMachine,
  actions,
  always,
  customIds,
  deep,
  delays,
  dense,
  empty,
  finalStates,
  guards,
  history,
  invokes,
  parallelRegions,
  route,
  selfTransitions,
  trafficLight,
  wildcards,
}
