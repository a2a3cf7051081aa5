import { v7 as uuidv7 } from 'uuid'
import { isProblemKind } from '#contract/problem.ts'
import { changeNewest } from './change-newest.ts'
import { isRefused, ProblemError } from './http.ts'

interface Creation {
  /** Identifies the field that the title was typed into. */
  field: string
  title: string
  /** Whether the page shows what was created under an id, even without a response. */
  hasArrived?: (id: string) => boolean
}

interface Attempt {
  id: string
  title: string
  isInFlight: boolean
}

/** The last attempt of each field whose outcome is not known. */
const attempts = new Map<string, Attempt>()

/**
 * Runs a creation under a new id. While its outcome is unknown, its field keeps the id: submitting
 * the field again, with whatever title, repeats the creation, so nothing is created twice.
 */
export async function createOnce<Created>(
  creation: Creation,
  create: (id: string) => Promise<Created>,
): Promise<Created> {
  const { field, title } = creation
  const attempt = { id: chooseId(creation), title, isInFlight: true }
  attempts.set(field, attempt)
  const forget = () => {
    if (attempts.get(field) === attempt) attempts.delete(field)
  }
  try {
    const created = await create(attempt.id)
    forget()
    return created
  } catch (error) {
    attempt.isInFlight = false
    if (isRefused(error)) forget()
    throw error
  }
}

/** Another title is not a correction of one that is still being sent, or that is shown already. */
function chooseId({ field, title, hasArrived = () => false }: Creation): string {
  const last = attempts.get(field)
  if (!last) return uuidv7()
  const isRepeat = last.title === title || !(last.isInFlight || hasArrived(last.id))
  return isRepeat ? last.id : uuidv7()
}

/** An attempt whose outcome is not known, in the form that is stored beyond the page. */
export type KeptCreation = Pick<Creation, 'field' | 'title'> & { id: string }

/** Reads the attempts to be stored. */
export const readKeptCreations = (): KeptCreation[] =>
  [...attempts].map(([field, { id, title }]) => ({ field, id, title }))

/** Restores an attempt of an earlier page, unless its field has one of this page. */
export function resumeAttempt({ field, id, title }: KeptCreation): void {
  if (!attempts.has(field)) attempts.set(field, { id, title, isInFlight: false })
}

/** Runs a creation that an earlier page began, under the same id. */
export function resumeCreation<Created>(
  creation: Creation,
  id: string,
  create: (id: string) => Promise<Created>,
): Promise<Created> {
  attempts.set(creation.field, { id, title: creation.title, isInFlight: false })
  return createOnce(creation, create)
}

/**
 * Sends a creation; if an earlier attempt got through, with the title typed at the time, renames
 * what it created, whatever else has changed about that meanwhile.
 */
export async function createOrRename<Row>(
  create: () => Promise<Row>,
  rename: (headers: { 'if-match': string }) => Promise<Row>,
): Promise<Row> {
  try {
    return await create()
  } catch (error) {
    if (!isIdReused(error)) throw error
    return changeNewest(1, rename)
  }
}

const isIdReused = (error: unknown) =>
  error instanceof ProblemError && isProblemKind(error.problem, 'id-reused')
