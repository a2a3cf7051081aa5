import { CatchBoundary, Link, Outlet } from '@tanstack/react-router'
import type { UploadReport } from '#machines/upload.machine.ts'
import { UploadTray } from '../features/uploads/components/upload-tray.tsx'
import { FloatingBarSlot } from '../lib/floating-bar.tsx'
import { ChangeNotices } from './change-notices.tsx'
import { Dialogs } from './dialogs.tsx'
import { CommandsButton } from './keys/commands-button.tsx'
import { usePageKeys } from './keys/use-page-keys.ts'
import { LecternIcon } from './lectern-icon.ts'
import { LiveAnnouncement } from './live/live-announcement.tsx'
import { OutboxNotices } from './outbox/outbox-notices.tsx'
import { SaveStatus } from './save-status.tsx'
import { ThemeSwitch } from './theme-switch.tsx'
import { DuplicateNote } from './uploads/duplicate-note.tsx'
import { FileDrop } from './uploads/file-drop.tsx'
import { useHeadingFocus } from './use-heading-focus.ts'
import { useUndoKeys } from './use-history.ts'

export function Layout() {
  useHeadingFocus()
  usePageKeys()
  useUndoKeys()
  return (
    <>
      <title>Lectern</title>
      <a
        href="#content"
        className="print:hidden fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent-solid px-3 py-2 font-medium text-on-accent focus:translate-y-0"
      >
        Skip to content
      </a>
      <header className="print:hidden sticky top-0 z-20 border-b border-line bg-canvas/90 backdrop-blur-sm">
        <div className="mx-auto flex h-13 max-w-[56rem] items-center justify-between px-6 max-sm:px-4 max-[23rem]:px-2">
          <Link
            to="/"
            className="-ml-2 flex h-10 items-center gap-2 rounded-md px-2 text-lg font-semibold tracking-tight whitespace-nowrap"
          >
            <LecternIcon className="size-5 text-accent" />
            <span className="max-sm:sr-only">Lectern</span>
          </Link>
          <div className="flex min-w-0 items-center gap-1 max-[23rem]:gap-0">
            <SaveStatus />
            <Link to="/library" className={navigationLink}>
              Library
            </Link>
            <Link to="/charts" className={navigationLink}>
              Statecharts
            </Link>
            <CommandsButton />
            <ThemeSwitch />
          </div>
        </div>
      </header>
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto max-w-[56rem] px-6 pt-8 pb-32 max-sm:px-4 max-sm:pt-5"
      >
        <OutboxNotices />
        <Outlet />
      </main>
      <CatchBoundary getResetKey={() => 'files'} errorComponent={() => null}>
        <FileDrop />
      </CatchBoundary>
      {/* From top to bottom, so that nothing that floats covers anything else that does. In a wide
          window, the uploads are beside the others. */}
      <div className="print:hidden pointer-events-none fixed inset-x-4 bottom-4 z-30 flex max-h-[calc(100dvh-2rem)] flex-col items-center gap-2 max-sm:inset-x-2 max-sm:bottom-2">
        <FloatingBarSlot />
        <CatchBoundary getResetKey={() => 'changes'} errorComponent={() => null}>
          <ChangeNotices />
        </CatchBoundary>
        <CatchBoundary getResetKey={() => 'uploads'} errorComponent={() => null}>
          <UploadTray renderReady={renderReady} />
        </CatchBoundary>
      </div>
      <Dialogs />
      <LiveAnnouncement />
    </>
  )
}

const navigationLink =
  'rounded-md px-2 py-1.5 text-sm whitespace-nowrap text-ink-soft transition-colors hover:bg-hover hover:text-ink max-sm:py-2.5 max-[23rem]:px-1'

const renderReady = (upload: UploadReport) => <DuplicateNote upload={upload} />
