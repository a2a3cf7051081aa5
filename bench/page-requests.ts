/** A PUT request to send from the page. */
export interface PageRequest {
  path: string
  body: unknown
}

/** In milliseconds. */
export interface PageRequestTimes {
  /** From the first request to the end of the last response. */
  total: number
  /** Of each request alone. */
  each: number[]
}

/** Runs in the page: sends requests as a plain client would, in parallel or one after another. */
export async function sendFromPage({
  requests,
  parallel,
}: {
  requests: PageRequest[]
  parallel: boolean
}): Promise<PageRequestTimes> {
  const send = async ({ path, body }: PageRequest) => {
    const startedAt = performance.now()
    const response = await fetch(path, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    await response.text()
    if (response.status !== 201)
      throw new Error(`The request failed with status ${response.status}`)
    return performance.now() - startedAt
  }
  const startedAt = performance.now()
  const each: number[] = []
  if (parallel) each.push(...(await Promise.all(requests.map(send))))
  else for (const request of requests) each.push(await send(request))
  return { total: performance.now() - startedAt, each }
}
