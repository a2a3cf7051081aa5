import type { SimulationState, SimulationStep } from './simulation.ts'

/** The state of a simulated run, and how to take it further. */
export type StepProps = { state: SimulationState; onStep: (step: SimulationStep) => void }
