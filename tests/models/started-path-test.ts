import type { PathTest } from '../support/model.ts'
import type { ActorUnderTest } from './actor-under-test.ts'

/** A started test of a path: how each event of the chart happens, and what holds in each state. */
export type StartedPathTest = Required<PathTest> & { actor: ActorUnderTest }

export type CreatePathTest = (input: unknown) => StartedPathTest
