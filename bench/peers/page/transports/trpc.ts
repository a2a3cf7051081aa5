import { createTRPCClient, httpBatchStreamLink } from '@trpc/client'
import type { PeersRouter } from '../../server/trpc-router.ts'
import type { Transport } from '../layer.ts'

/**
 * Calls from one task are one request, and each is answered as soon as it is done
 * (https://trpc.io/docs/client/links/httpBatchStreamLink).
 */
export function createTrpcTransport(chapterId: string): Transport {
  const client = createTRPCClient<PeersRouter>({ links: [httpBatchStreamLink({ url: '/trpc' })] })
  return {
    list: (signal) => client.list.query({ chapterId }, signal ? { signal } : {}),
    link: (link) => client.link.mutate({ chapterId, link }),
    rename: ({ id, version }, filename) => client.rename.mutate({ id, version, filename }),
  }
}
