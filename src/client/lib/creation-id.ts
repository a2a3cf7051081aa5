import { v7 as uuidv7 } from 'uuid'
import { isFinal, ProblemError } from './http.ts'

const unknownOutcomes = new Map<string, string>()

/**
 * Runs a creation under a new id. While its outcome is unknown, the id is kept: submitting the same
 * title in the same place again repeats the same request, so nothing is created twice.
 */
export async function createOnce<Created>(
  place: string,
  title: string,
  create: (id: string) => Promise<Created>,
): Promise<Created> {
  const key = toKey(place, title)
  const id = unknownOutcomes.get(key) ?? uuidv7()
  unknownOutcomes.set(key, id)
  try {
    const created = await create(id)
    unknownOutcomes.delete(key)
    return created
  } catch (error) {
    if (error instanceof ProblemError && isFinal(error)) unknownOutcomes.delete(key)
    throw error
  }
}

/** Runs a creation that an earlier page began, under the same id. */
export function resumeCreation<Created>(
  place: string,
  title: string,
  id: string,
  create: (id: string) => Promise<Created>,
): Promise<Created> {
  unknownOutcomes.set(toKey(place, title), id)
  return createOnce(place, title, create)
}

const toKey = (place: string, title: string) => JSON.stringify([place, title])
