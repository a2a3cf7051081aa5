/** A parsed event of a stream. */
export type StreamedEvent = { id?: number; name: string; data: { sequence: number } }

/** Reads server-sent events one by one, without reading ahead. */
export function readEvents({ body }: Response) {
  if (!body) throw new Error('The stream has no body')
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''

  async function readBlock(): Promise<string | undefined> {
    while (!text.includes('\n\n')) {
      const { value, done } = await reader.read()
      if (done) return undefined
      text += decoder.decode(value, { stream: true })
    }
    const [block = '', ...rest] = text.split('\n\n')
    text = rest.join('\n\n')
    return block
  }

  /** Reads the next event; `undefined` once the stream has ended. */
  async function next(): Promise<StreamedEvent | undefined> {
    for (let block = await readBlock(); block !== undefined; block = await readBlock()) {
      const [, id, name, data] = /^(?:id: (\d+)\n)?event: (\w+)\ndata: (.*)$/.exec(block) ?? []
      if (name && data) return { ...(id && { id: Number(id) }), name, data: JSON.parse(data) }
    }
  }

  return {
    next,
    /** Reads the next `count` changes and skips other events. */
    async changes<Change>(count: number): Promise<Change[]> {
      const changes: unknown[] = []
      while (changes.length < count) {
        const event = await next()
        if (!event) throw new Error('The stream has ended')
        if (event.name === 'change') changes.push(event.data)
      }
      return changes as Change[]
    },
    stop: () => reader.cancel(),
  }
}
