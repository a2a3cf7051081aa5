import { CancelledError } from '@tanstack/react-query'

/** Loads a query's data, again if its request was cancelled because of a change meanwhile. */
export async function despiteCancellation<Data>(load: () => Promise<Data>): Promise<Data> {
  try {
    return await load()
  } catch (error) {
    if (error instanceof CancelledError) return despiteCancellation(load)
    throw error
  }
}
