import { diffRows, type FrameLog, type FrameRow } from '../../peer-runs/frame-log.ts'

/** Browsers don't report shorter events, in ms. */
const shortestEvent = 16

/** How long a task may take before it blocks the page, in ms. */
const taskBudget = 50

/** Records the list frame by frame, from `start` to `stop`. */
export function createRecorder() {
  const log: FrameLog = {
    paintedAt: [],
    changes: [],
    pressedAt: 0,
    savedAt: 0,
    unfocusedFrames: 0,
    longestInteraction: shortestEvent,
    longTasks: 0,
    blockedTime: 0,
  }
  const cached = new WeakMap<Element, FrameRow>()
  const observers: PerformanceObserver[] = []
  let list: Element | null = null
  let rows: FrameRow[] = []
  let isChanged = true
  let isRunning = true
  let editor: { mediaId: string; before: string } | undefined

  const changes = new MutationObserver(noteChanges)

  function noteChanges(records: readonly MutationRecord[]) {
    for (const { target, type } of records) {
      if (type === 'childList' && target !== list) continue
      isChanged = true
      if (type === 'attributes') cached.delete(target as Element)
    }
  }

  function readRow(row: Element): FrameRow {
    const existing = cached.get(row)
    if (existing) return existing
    const { mediaId = '', status = '', filename = '' } = (row as HTMLElement).dataset
    const read = { mediaId, status, filename }
    cached.set(row, read)
    return read
  }

  function recordFrame() {
    if (!isRunning) return
    const frame = log.paintedAt.length
    noteChanges(changes.takeRecords())
    if (isChanged && list) {
      isChanged = false
      const currentRows = [...list.children].map(readRow)
      const change = diffRows(rows, currentRows)
      if (change) log.changes.push({ frame, ...change })
      rows = currentRows
    }
    if (editor && !isFocused(editor)) log.unfocusedFrames += 1
    log.paintedAt.push(toEpoch(performance.now()))
    const { port1, port2 } = new MessageChannel()
    // The next task runs after the paint.
    port1.onmessage = () => {
      log.paintedAt[frame] = toEpoch(performance.now())
      port1.close()
    }
    port2.postMessage(undefined)
    requestAnimationFrame(recordFrame)
  }

  function observe(type: string, onEntry: (entry: PerformanceEntry) => void) {
    const observer = new PerformanceObserver((entries) => {
      for (const entry of entries.getEntries()) onEntry(entry)
    })
    // TypeScript's DOM types lack the threshold.
    const options: PerformanceObserverInit & { durationThreshold: number } = {
      type,
      durationThreshold: shortestEvent,
    }
    observer.observe(options)
    observers.push(observer)
  }

  function handlePress({ timeStamp, target }: Event) {
    if (log.pressedAt === 0 && (target as Element).closest('header')) {
      log.pressedAt = toEpoch(timeStamp)
    }
  }

  function handleKey({ key, target, timeStamp }: KeyboardEvent) {
    if (!editor || key !== 'Enter') return
    if (target === findInput(editor.mediaId)) log.savedAt = toEpoch(timeStamp)
    editor = undefined
  }

  return {
    start() {
      list = document.querySelector('ul')
      if (!list) throw new Error('There is no list')
      changes.observe(list, {
        childList: true,
        subtree: true,
        attributeFilter: ['data-status', 'data-filename', 'data-media-id'],
      })
      // Only the events of a key, a press or a tap are interactions.
      observe('event', (entry) => {
        if (!('interactionId' in entry) || entry.interactionId === 0) return
        log.longestInteraction = Math.max(log.longestInteraction, entry.duration)
      })
      observe('longtask', ({ duration }) => {
        log.longTasks += 1
        log.blockedTime += duration - taskBudget
      })
      addEventListener('click', handlePress, { capture: true })
      addEventListener('keydown', handleKey, { capture: true })
      requestAnimationFrame(recordFrame)
    },

    openEditor(mediaId: string): boolean {
      const row = findRow(mediaId)
      const button = row?.querySelector('button')
      if (!row || !button) return false
      row.scrollIntoView({ block: 'center' })
      button.click()
      editor = { mediaId, before: (row as HTMLElement).dataset.filename ?? '' }
      return true
    },

    stop(): FrameLog {
      isRunning = false
      changes.disconnect()
      for (const observer of observers) observer.disconnect()
      removeEventListener('click', handlePress, { capture: true })
      removeEventListener('keydown', handleKey, { capture: true })
      return log
    },
  }
}

const toEpoch = (time: number) => performance.timeOrigin + time

const findRow = (mediaId: string) =>
  document.querySelector<HTMLElement>(`li[data-media-id="${mediaId}"]`)

const findInput = (mediaId: string) => findRow(mediaId)?.querySelector('input')

/** Whether the editor has the focus and, once something was typed, its caret at the end. */
function isFocused({ mediaId, before }: { mediaId: string; before: string }): boolean {
  const input = findInput(mediaId)
  if (!input || document.activeElement !== input) return false
  return input.value === before || input.selectionEnd === input.value.length
}
