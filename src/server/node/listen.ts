import { once } from 'node:events'
import type { Server, ServerOptions } from 'node:http'
import type { AddressInfo } from 'node:net'
import { errorCode } from '#shared/error-message.ts'
import { maxPort, type Settings } from '../settings.ts'
import { StartError } from './start-error.ts'

// Grace period for in-flight requests, in milliseconds.
const gracePeriod = 2500

// Milliseconds between checks for connections that have become idle while the server stops.
const idleCheck = 50

/**
 * The options of a server. An upload may take as long as its network needs, where Node allows five
 * minutes. Its headers contain a filename, and even one that is too long should get a response.
 */
export const serverOptions: ServerOptions = { requestTimeout: 0, maxHeaderSize: 32 * 1024 }

/** Starts listening and returns the address to open. */
export async function listen(
  server: Server,
  { PORT, HOST }: Pick<Settings, 'PORT' | 'HOST'>,
): Promise<string> {
  server.listen(PORT, HOST)
  try {
    await once(server, 'listening')
  } catch (error) {
    throw explainError(error, PORT, HOST)
  }
  const { port } = server.address() as AddressInfo // Not a pipe: it listens on a port.
  return `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${port}`
}

/**
 * Ends the process on Ctrl-C and SIGTERM, once in-flight requests are done.
 * @param endStreams ends the requests that would go on forever
 */
export function stopOnSignals(
  server: Server,
  endStreams: () => void,
  close: () => Promise<void>,
): void {
  let isStopping = false
  const stop = async () => {
    if (isStopping) process.exit(1)
    isStopping = true
    const closed = once(server, 'close')
    server.close()
    endStreams()
    // A connection is idle once its request is done, and Node would keep it open for the next one.
    setInterval(() => server.closeIdleConnections(), idleCheck).unref()
    setTimeout(() => server.closeAllConnections(), gracePeriod).unref()
    await closed
    await close()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop())
}

function explainError(error: unknown, port: number, host: string): unknown {
  const code = errorCode(error)
  if (code === 'EADDRINUSE') {
    return new StartError(
      `Port ${port} is in use, perhaps by another Lectern. Stop that one, or choose another port: PORT=${port === maxPort ? port - 1 : port + 1} npm start.`,
    )
  }
  if (code === 'EACCES') {
    return new StartError(
      `This user isn’t allowed to listen on port ${port}. Choose one above 1023: PORT=3000 npm start.`,
    )
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new StartError(
      `HOST=${host} isn’t an address of this machine. Unset it, or use 0.0.0.0.`,
    )
  }
  return error
}
