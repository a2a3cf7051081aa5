import { memo, useCallback, useLayoutEffect, useRef, useState } from 'react'
import type { Layer, Row } from './layer.ts'

type ChapterProps = {
  layer: Layer
  /** What `Add N videos` adds. */
  picks: readonly { mediaId: string; filename: string; durationSeconds: number }[]
}

/** The chapter that every contender fills. All rows are mounted, so that all can be inspected. */
export function Chapter({ layer: { rows, add, rename }, picks }: ChapterProps) {
  const latestRename = useRef(rename)
  useLayoutEffect(() => {
    latestRename.current = rename
  })
  // Stable, so that only rows that changed are rendered.
  const save = useCallback<Layer['rename']>((...change) => latestRename.current(...change), [])
  return (
    <main>
      <header>
        {picks.length > 0 && (
          <button type="button" onClick={() => add(picks)}>
            Add {picks.length} videos
          </button>
        )}
      </header>
      <ul aria-label="Videos" data-loaded={rows !== undefined || undefined}>
        {rows?.map((row) => (
          <VideoRow key={row.id} {...row} onRename={save} />
        ))}
      </ul>
    </main>
  )
}

type VideoRowProps = Row & { onRename: (id: string, filename: string) => void }

const VideoRow = memo(function VideoRow(props: VideoRowProps) {
  const { id, mediaId, filename, status, onRename } = props
  const [isEditing, setIsEditing] = useState(false)
  return (
    <li data-media-id={mediaId} data-status={status} data-filename={filename}>
      {isEditing ? (
        <FilenameEditor
          filename={filename}
          onClose={(typed) => {
            setIsEditing(false)
            if (typed !== undefined && typed !== filename) onRename(id, typed)
          }}
        />
      ) : (
        <p>{filename}</p>
      )}
      <span className="status">{statusLabels[status]}</span>
      <button type="button" aria-label={`Rename ${filename}`} onClick={() => setIsEditing(true)}>
        Rename
      </button>
    </li>
  )
})

const statusLabels: Record<Row['status'], string> = {
  pending: 'Linking …',
  linked: '',
  failed: 'Refused',
}

type FilenameEditorProps = {
  filename: string
  /** Receives the typed text, or nothing if editing was cancelled. */
  onClose: (typed?: string) => void
}

/** The typed text belongs to the input, whatever the server sends meanwhile. */
const FilenameEditor = ({ filename, onClose }: FilenameEditorProps) => (
  <input
    aria-label="Filename"
    defaultValue={filename}
    ref={(input) => {
      if (!input || document.activeElement === input) return
      input.focus()
      input.select()
    }}
    onKeyDown={({ key, currentTarget }) => {
      if (key === 'Enter') onClose(currentTarget.value)
      if (key === 'Escape') onClose()
    }}
  />
)
