/** A PUT to send from within the page. */
export interface PageRequest {
  path: string
  body: unknown
}

/** Milliseconds: from the first to the last answer's end, and of each request alone. */
export interface PageRequestTimes {
  total: number
  each: number[]
}

/** Runs in the page: sends requests all at once, or each after the one before; what a plain client would do. */
export async function sendFromPage({
  requests,
  atOnce,
}: {
  requests: PageRequest[]
  atOnce: boolean
}): Promise<PageRequestTimes> {
  const send = async ({ path, body }: PageRequest) => {
    const begun = performance.now()
    const response = await fetch(path, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    await response.text()
    if (response.status !== 201) throw new Error(`Answered with ${response.status}`)
    return performance.now() - begun
  }
  const begun = performance.now()
  const each: number[] = []
  if (atOnce) each.push(...(await Promise.all(requests.map(send))))
  else for (const request of requests) each.push(await send(request))
  return { total: performance.now() - begun, each }
}
