import { useSelector } from '@xstate/react'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { UploadReport } from '#machines/upload.machine.ts'
import { needsAttention } from './upload-totals.ts'
import type { Uploads } from './uploads.actors.ts'

const UploadsContext = createContext<Uploads | null>(null)

/** Provides the queue of all uploads, which outlives every page. */
export const UploadsProvider = ({
  uploads,
  children,
}: {
  uploads: Uploads
  children: ReactNode
}) => <UploadsContext value={uploads}>{children}</UploadsContext>

export function useUploads(): Uploads {
  const uploads = useContext(UploadsContext)
  if (!uploads) throw new Error('Wrap the component in an UploadsProvider')
  return uploads
}

/** The ids of the uploads that need a person to continue. */
export function useStoppedUploads(): ReadonlySet<string> {
  const ids = useSelector(useUploads(), ({ context }) =>
    Object.values(context.uploads)
      .filter(needsAttention)
      .map(({ id }) => id)
      .join(' '),
  )
  return useMemo(() => new Set(ids.split(' ')), [ids])
}

/** The latest report of an upload; `undefined` if this page has none with this id. */
export const useUpload = (id: string): UploadReport | undefined =>
  useSelector(useUploads(), ({ context }) => context.uploads[id])
