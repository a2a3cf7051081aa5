import type { KeyboardEvent, MouseEvent } from 'react'
import { findCommand } from '#client/lib/key-bindings.ts'
import { activeBindings } from '#client/lib/key-preferences.ts'
import type { Video } from '#contract/videos.ts'
import { listRange, type Step } from '../arrange-rows.ts'
import { focusRow, type SelectionCommands } from '../change-selected.ts'
import { type RowCommand, rowKeys, type SelectionCommand, selectionKeys } from '../row-keys.ts'
import { useSelection } from '../selection.store.ts'

interface SelectionInput {
  commands: SelectionCommands
  /** The chapters that are not collapsed, in order. */
  readOpenChapters: () => readonly string[]
  onMove: (videos: readonly Video[]) => void
}

const moves: Partial<Record<RowCommand, Step>> = {
  moveUp: 'up',
  moveDown: 'down',
  moveToStart: 'start',
  moveToEnd: 'end',
}

/**
 * Selects rows by pointer and keyboard, and applies the keys of a selected row to all selected
 * ones: Delete, M, R, and Alt with the arrows.
 * @returns the click and key handlers for all chapters of a page; the rows get the keys after them
 */
export function useSelectionInput({ commands, readOpenChapters, onMove }: SelectionInput) {
  const readRows = () => readOpenChapters().flatMap(commands.readRows)

  function selectRange(toId: string, fromId: string) {
    const { anchorId, selectAll } = useSelection.getState()
    const from = anchorId ?? fromId
    const range = listRange(readRows(), from, toId)
    selectAll(range, range.includes(from) ? from : toId)
  }

  function handleClick(event: MouseEvent) {
    const { row, control } = readTarget(event)
    const id = row?.dataset.videoId
    if (!id || (control && !isCheck(control))) return
    const { toggle, selectOnly } = useSelection.getState()
    if (event.shiftKey) selectRange(id, id)
    else if (control || event.ctrlKey || event.metaKey || isTouch(event)) toggle(id)
    else selectOnly(id)
  }

  /** @returns whether the key was handled */
  function handleRowKey(event: KeyboardEvent, row: HTMLElement, id: string): boolean {
    const command = findCommand(selectionKeys, event)
    if (command === 'toggle' && event.target === row) useSelection.getState().toggle(id)
    else if (command === 'all') selectChapter(id)
    else if (isStep(command)) extend(command, id)
    else if (useSelection.getState().ids.has(id)) return handleSelectedKey(event, id)
    else return false
    return true
  }

  /** Extends the selection to another row, which takes the focus. */
  function extend(step: Step, id: string) {
    const rows = readRows()
    const index = rows.findIndex((video) => video.id === id)
    const places = { up: index - 1, down: index + 1, start: 0, end: rows.length - 1 }
    const next = rows[places[step]]
    if (!next) return
    selectRange(next.id, id)
    focusRow(next.id)
  }

  function selectChapter(id: string) {
    const { chapterId } = findVideo(id) ?? {}
    if (!chapterId) return
    const ids = commands.readRows(chapterId).map((video) => video.id)
    useSelection.getState().selectAll(ids, id)
  }

  function handleSelectedKey(event: KeyboardEvent, id: string): boolean {
    const chapterId = findVideo(id)?.chapterId
    const command = findCommand(activeBindings(rowKeys), event)
    const step = command && moves[command]
    if (!chapterId) return false
    if (step) commands.step(chapterId, step)
    else if (command === 'remove') commands.remove()
    else if (command === 'move') onMove(commands.read())
    else if (command === 'retry') commands.retry()
    else return false
    return true
  }

  const findVideo = (id: string) => readRows().find((video) => video.id === id)

  function handleKey(event: KeyboardEvent) {
    const { row } = readTarget(event)
    const id = row?.dataset.videoId
    if (isTextField(event)) return
    const wasHandled = id ? handleRowKey(event, row, id) : false
    // Rows selected on another page don't count.
    if (!wasHandled && !(isClearing(event) && commands.read().length > 0)) return
    if (!wasHandled) useSelection.getState().clear()
    event.preventDefault()
    event.stopPropagation()
  }

  return { handleClick, handleKey }
}

function readTarget({ target }: MouseEvent | KeyboardEvent) {
  const element = target instanceof Element ? target : null
  const row = element?.closest<HTMLElement>('[data-video-id]')
  const control = element?.closest('button, a, input, textarea, select, label, form')
  return { row, control: control && row?.contains(control) ? control : null }
}

const isCheck = (control: Element) => control.getAttribute('role') === 'checkbox'

/** Touch has no modifier keys. */
const isTouch = ({ nativeEvent }: MouseEvent) =>
  nativeEvent instanceof PointerEvent && nativeEvent.pointerType === 'touch'

const isStep = (command: SelectionCommand | undefined): command is Step =>
  Object.values(moves).some((step) => step === command)

const isClearing = (event: KeyboardEvent) => findCommand(selectionKeys, event) === 'clear'

const isTextField = ({ target }: KeyboardEvent) =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
