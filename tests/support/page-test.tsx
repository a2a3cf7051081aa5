import { onlineManager, type QueryClient } from '@tanstack/react-query'
import { createMemoryHistory } from '@tanstack/react-router'
import { setupWorker } from 'msw/browser'
import { StrictMode } from 'react'
import { test as base } from 'vitest'
import { render } from 'vitest-browser-react'
import { App } from '#client/app/app.tsx'
import { useGoneNotice } from '#client/app/change-notice.store.ts'
import { useDialog } from '#client/app/dialog.store.ts'
import { useOutbox } from '#client/app/outbox/outbox.store.ts'
import { type AppRouter, createAppRouter } from '#client/app/router.tsx'
import { applyTheme, useTheme } from '#client/app/theme.store.ts'
import { startUploads } from '#client/app/uploads/start-uploads.ts'
import { useCollapsed } from '#client/features/chapters/collapsed.store.ts'
import { useNewChapters } from '#client/features/chapters/new-chapters.store.ts'
import { useMediaList, usePicker } from '#client/features/media/picker.store.ts'
import { useSkippedFiles } from '#client/features/uploads/skipped-files.store.ts'
import { useUploadErrors } from '#client/features/uploads/upload-errors.store.ts'
import type { Uploads } from '#client/features/uploads/uploads.actors.ts'
import { useSelection } from '#client/features/videos/selection.store.ts'
import {
  type Authoring,
  createAuthoring,
  type Environment,
} from '#client/features/videos/videos.actors.ts'
import { useKeyPreferences } from '#client/lib/key-preferences.ts'
import { createQueryClient } from '#client/lib/query-client.ts'
import type { Inspection } from '#server/dependencies.ts'
import { clearNameDrafts } from '#ui/name-draft.ts'
import { createUploadsInMemory } from '../../src/demo/uploads-in-memory.ts'
import { createMockNetwork, type MockNetwork } from './mock-network.ts'
import { createTestServer, type TestServer, testFile, testFiles } from './server.ts'
import '#client/page.css'

/** An open page with its query client, root actor and router. */
export type OpenPage = {
  queryClient: QueryClient
  authoring: Authoring
  uploads: Uploads
  router: AppRouter
}

export type Fixtures = {
  server: TestServer
  network: MockNetwork
  /** Opens the page at a path, as after a reload, in an environment of its own if one is given. */
  open: (path: string, environment?: Environment) => Promise<OpenPage>
}

const worker = setupWorker()
const started = worker.start({ quiet: true, onUnhandledRequest: 'bypass' })
applyTheme(document.documentElement)

/** A test with an empty server, a network to it, and a page. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest parses the pattern for dependencies
  server: async ({}, use) => {
    const { uploads, thumbnails, files } = createUploadsInMemory(inspectTestFile)
    const server = await createTestServer({
      uploads,
      thumbnails,
      files: { open: async (name) => (await files.open(name)) ?? testFiles.open(name) },
    })
    await use(server)
    await server.close()
  },

  network: [
    async ({ server }, use) => {
      await started
      const network = createMockNetwork(server.app)
      worker.use(...network.handlers)
      await use(network)
      worker.resetHandlers()
    },
    { auto: true },
  ],

  open: async ({ network: _ }, use) => {
    const pages: (() => Promise<void>)[] = []
    resetStores()
    await use(async (path, environment) => {
      const queryClient = createQueryClient()
      const authoring = createAuthoring(queryClient, environment)
      const uploads = startUploads(queryClient, authoring)
      const history = createMemoryHistory({ initialEntries: [path] })
      const router = createAppRouter(queryClient, history)
      const { unmount } = await render(
        <StrictMode>
          <App queryClient={queryClient} authoring={authoring} uploads={uploads} router={router} />
        </StrictMode>,
      )
      pages.push(async () => {
        await unmount()
        uploads.stop()
        authoring.stop()
        // Ignore late responses, which a closed tab would not receive.
        authoring.send = () => {}
        queryClient.clear()
      })
      return { queryClient, authoring, uploads, router }
    })
    for (const close of pages) await close()
    onlineManager.setOnline(true)
  },
})

/** Treats any file as a video, except one with the text “no video”. */
async function inspectTestFile(file: Blob): Promise<Inspection> {
  if ((await file.text()) === 'no video') return { outcome: 'unreadable' }
  const { durationSeconds, width, height, codec, mimeType } = testFile
  const facts = { durationSeconds, width, height, codec, mimeType, rotation: 0, audioCodec: null }
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
  return { outcome: 'usable', facts, contentHash: new Uint8Array(digest).join() }
}

/** Resets the state that outlives a page: local storage and the stores. */
function resetStores() {
  localStorage.clear()
  useDialog.setState(useDialog.getInitialState(), true)
  useSelection.setState(useSelection.getInitialState(), true)
  usePicker.setState(usePicker.getInitialState(), true)
  useCollapsed.setState(useCollapsed.getInitialState(), true)
  useKeyPreferences.setState(useKeyPreferences.getInitialState(), true)
  useNewChapters.setState(useNewChapters.getInitialState(), true)
  useMediaList.setState(useMediaList.getInitialState(), true)
  useSkippedFiles.setState(useSkippedFiles.getInitialState(), true)
  useUploadErrors.setState(useUploadErrors.getInitialState(), true)
  useGoneNotice.setState(useGoneNotice.getInitialState(), true)
  useOutbox.setState(useOutbox.getInitialState(), true)
  clearNameDrafts()
  useTheme.setState(useTheme.getInitialState(), true)
}
