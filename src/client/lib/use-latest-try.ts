import { type MutationKey, useMutationState } from '@tanstack/react-query'

/** The latest try of a mutation, wherever it was started; `undefined` when there was none. */
export const useLatestMutation = (mutationKey: MutationKey) =>
  useMutationState({
    filters: { mutationKey },
    select: ({ state }) => ({ status: state.status, error: state.error }),
  }).at(-1)
