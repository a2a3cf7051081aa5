import { diffRows, type FrameLog, type FrameRow } from '../../peer-runs/frame-log.ts'

/** Browsers report no event that took less, in ms. */
const shortestEvent = 16

/** What a long task may take before it blocks the page, in ms. */
const taskBudget = 50

/** Follows the list frame by frame, from `start` to `stop`. */
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
    const known = cached.get(row)
    if (known) return known
    const { mediaId = '', status = '', filename = '' } = (row as HTMLElement).dataset
    const read = { mediaId, status, filename }
    cached.set(row, read)
    return read
  }

  function look() {
    if (!isRunning) return
    const frame = log.paintedAt.length
    noteChanges(changes.takeRecords())
    if (isChanged && list) {
      isChanged = false
      const now = [...list.children].map(readRow)
      const change = diffRows(rows, now)
      if (change) log.changes.push({ frame, ...change })
      rows = now
    }
    if (editor && !isFocused(editor)) log.unfocusedFrames += 1
    log.paintedAt.push(toEpoch(performance.now()))
    const { port1, port2 } = new MessageChannel()
    // The next task comes after the paint.
    port1.onmessage = () => {
      log.paintedAt[frame] = toEpoch(performance.now())
      port1.close()
    }
    port2.postMessage(undefined)
    requestAnimationFrame(look)
  }

  function observe(type: string, note: (entry: PerformanceEntry) => void) {
    const observer = new PerformanceObserver((entries) => {
      for (const entry of entries.getEntries()) note(entry)
    })
    // TypeScript's DOM types lack the threshold.
    const options: PerformanceObserverInit & { durationThreshold: number } = {
      type,
      durationThreshold: shortestEvent,
    }
    observer.observe(options)
    observers.push(observer)
  }

  function hearPress({ timeStamp, target }: Event) {
    if (log.pressedAt === 0 && (target as Element).closest('header')) {
      log.pressedAt = toEpoch(timeStamp)
    }
  }

  function hearKey({ key, target, timeStamp }: KeyboardEvent) {
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
      // Only those of a key, a press or a tap are interactions.
      observe('event', (entry) => {
        if (!('interactionId' in entry) || entry.interactionId === 0) return
        log.longestInteraction = Math.max(log.longestInteraction, entry.duration)
      })
      observe('longtask', ({ duration }) => {
        log.longTasks += 1
        log.blockedTime += duration - taskBudget
      })
      addEventListener('click', hearPress, { capture: true })
      addEventListener('keydown', hearKey, { capture: true })
      requestAnimationFrame(look)
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
      removeEventListener('click', hearPress, { capture: true })
      removeEventListener('keydown', hearKey, { capture: true })
      return log
    },
  }
}

const toEpoch = (time: number) => performance.timeOrigin + time

const findRow = (mediaId: string) =>
  document.querySelector<HTMLElement>(`li[data-media-id="${mediaId}"]`)

const findInput = (mediaId: string) => findRow(mediaId)?.querySelector('input')

/** The editor has the focus and, once something was typed, the caret behind it. */
function isFocused({ mediaId, before }: { mediaId: string; before: string }): boolean {
  const input = findInput(mediaId)
  if (!input || document.activeElement !== input) return false
  return input.value === before || input.selectionEnd === input.value.length
}
