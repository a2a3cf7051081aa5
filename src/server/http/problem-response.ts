import { createProblem, type Problem, type ProblemKind } from '#contract/problem.ts'

/** An expected error of the contract; thrown, it becomes the response. Its cause is logged. */
export class ProblemError extends Error {
  readonly problem: Problem

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.detail, options)
    this.name = 'ProblemError'
    this.problem = problem
  }
}

/** Ends the request with a problem. */
export function refuse(kind: ProblemKind, detail: string, extra: object = {}): never {
  throw new ProblemError(createProblem(kind, detail, extra))
}

export const createProblemResponse = (problem: Problem, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  })
