import { useRef } from 'react'
import { v7 as uuidv7 } from 'uuid'
import { isFinal, ProblemError } from './http.ts'

/**
 * Runs a creation under an id of its own. A creation whose outcome is unknown keeps its id: the same
 * title again is the same request again, and creates nothing twice.
 */
export function useCreationId() {
  const open = useRef<{ id: string; title: string }>(undefined)
  return async <Created>(title: string, create: (id: string) => Promise<Created>) => {
    const creation = open.current?.title === title ? open.current : { id: uuidv7(), title }
    open.current = creation
    const settle = () => {
      if (open.current === creation) open.current = undefined
    }
    try {
      const created = await create(creation.id)
      settle()
      return created
    } catch (error) {
      if (error instanceof ProblemError && isFinal(error)) settle()
      throw error
    }
  }
}
