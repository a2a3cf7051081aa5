import { createProblem, type ProblemKind } from '#contract/problem.ts'

type ServedProblem = ReturnType<typeof createProblem>

/** An answer that the contract expects; thrown, it becomes the response. */
export class ProblemError extends Error {
  readonly problem: ServedProblem

  constructor(problem: ServedProblem) {
    super(problem.detail)
    this.name = 'ProblemError'
    this.problem = problem
  }
}

/** Ends the request with a problem. */
export function refuse(kind: ProblemKind, detail: string, extra: object = {}): never {
  throw new ProblemError(createProblem(kind, detail, extra))
}

export const problemResponse = (problem: ServedProblem, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  })
