import { StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import type {
  LayerName,
  OfferedPick,
  PeersPage,
  TransportName,
} from '../../peer-runs/page-contract.ts'
import { Chapter } from './chapter.tsx'
import type { Contender, CreateContender, Transport } from './layer.ts'
import { createRecorder } from './recorder.ts'
import { createHttpTransport } from './transports/http.ts'
import { inOrder } from './transports/in-order.ts'
import './styles.css'

declare global {
  interface Window {
    peers: PeersPage
  }
}

type Load<Code> = () => Promise<Code>

/** Each layer and each transport is a separate file, so that a page loads only what it uses. */
const contenders: Record<LayerName, Load<{ createContender: CreateContender }>> = {
  lectern: () =>
    transport === 'batch'
      ? import('./contenders/lectern.tsx')
      : import('./contenders/lectern-over.tsx'),
  'one-by-one': () => import('./contenders/one-by-one.tsx'),
  'query-snapshot': () => import('./contenders/query-snapshot.tsx'),
  'query-patch': () => import('./contenders/query-patch.tsx'),
  'tanstack-db': () => import('./contenders/tanstack-db.tsx'),
  'use-optimistic': () => import('./contenders/use-optimistic.tsx'),
  'rtk-query': () => import('./contenders/rtk-query.tsx'),
}

const transports: Record<TransportName, (chapterId: string) => Promise<Transport>> = {
  fetch: async (chapterId) => createHttpTransport(chapterId),
  h2: async (chapterId) => createHttpTransport(chapterId),
  batch: async (chapterId) =>
    (await import('./transports/batch.ts')).createBatchTransport(chapterId),
  trpc: async (chapterId) => (await import('./transports/trpc.ts')).createTrpcTransport(chapterId),
}

const parameters = new URLSearchParams(location.search)
const chapterId = parameters.get('chapter') ?? ''
// The bench sets both to one of the names.
const layer = parameters.get('layer') as LayerName
const transport = parameters.get('transport') as TransportName

const { createContender } = await contenders[layer]()
const server = inOrder(await transports[transport](chapterId))
const contender = createContender({ chapterId, server })
const recorder = createRecorder()

function App({ contender: { useLayer } }: { contender: Contender }) {
  const shown = useLayer()
  const [picks, setPicks] = useState<readonly OfferedPick[]>([])
  const { refetch } = shown
  const offerToBench = (list: HTMLDivElement | null) => {
    if (!list) return
    window.peers = {
      offer: setPicks,
      refetch,
      startRecording: recorder.start,
      openEditor: recorder.openEditor,
      stopRecording: recorder.stop,
    }
  }
  return (
    <div ref={offerToBench}>
      <Chapter layer={shown} picks={picks} />
    </div>
  )
}

const root = document.getElementById('root')
if (!root) throw new Error('The page has no root')
const { Provider } = contender
createRoot(root).render(
  <StrictMode>
    <Provider>
      <App contender={contender} />
    </Provider>
  </StrictMode>,
)
