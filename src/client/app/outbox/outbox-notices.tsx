import { type RefObject, useRef, useState } from 'react'
import { formatCount } from '#shared/count.ts'
import { Button } from '#ui/button.tsx'
import { ErrorNotice } from '#ui/feedback.tsx'
import { discardUnrestoredTexts, useOutbox } from './outbox.store.ts'
import { listTexts } from './outbox-records.ts'

/** Notices about the work that is stored on this device; nothing while all is well. */
export function OutboxNotices() {
  const { isKept, isDismissed, unreadable, texts: typed } = useOutbox()
  const texts = [...new Set([...unreadable.flatMap(listTexts), ...typed])]
  return (
    <>
      {!isKept && !isDismissed && (
        <div className="mb-6">
          <ErrorNotice
            title="Changes can’t be saved on this device."
            reason="This browser won’t let Lectern store unsaved changes. Keep this page open until everything is saved."
            onClose={() => useOutbox.setState({ isDismissed: true })}
          />
        </div>
      )}
      {texts.length > 0 && <LeftTexts texts={texts} />}
    </>
  )
}

/** Lists the texts that can't be restored to where they were typed, to be copied. */
function LeftTexts({ texts }: { texts: readonly string[] }) {
  const list = useRef<HTMLUListElement>(null)
  return (
    <section
      aria-labelledby="left-texts"
      className="mb-6 rounded-lg border border-line bg-raised px-4 py-3"
    >
      <h2 id="left-texts" className="font-medium">
        {`${formatCount(texts.length, 'name')} from an earlier visit ${texts.length === 1 ? 'wasn’t' : 'weren’t'} saved`}
      </h2>
      <p className="mt-1 text-ink-soft">
        Lectern can’t put back what you typed, because you are typing something else there now or a
        different version of Lectern stored it. Copy what you need, then discard the rest.
      </p>
      <ul
        ref={list}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it has to scroll by keyboard
        tabIndex={0}
        aria-labelledby="left-texts"
        className="mt-2 max-h-40 overflow-y-auto rounded-md border border-line px-3 py-2 select-text"
      >
        {texts.map((text) => (
          <li key={text} dir="auto" className="break-words">
            {text}
          </li>
        ))}
      </ul>
      <div className="mt-3 flex flex-wrap items-center gap-2">
        <CopyButton text={texts.join('\n')} list={list} />
        <Button size="small" onClick={() => void discardUnrestoredTexts()}>
          Discard
        </Button>
      </div>
    </section>
  )
}

type CopyButtonProps = { text: string; list: RefObject<HTMLElement | null> }

/** Selects the texts instead if the browser forbids copying, or has no clipboard without TLS. */
function CopyButton({ text, list }: CopyButtonProps) {
  const [copied, setCopied] = useState<{ text: string; message: string }>()
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied({ text, message: 'Copied.' })
    } catch {
      if (list.current) getSelection()?.selectAllChildren(list.current)
      setCopied({
        text,
        message: 'This browser blocked copying. Copy the selected names yourself.',
      })
    }
  }
  return (
    <>
      <Button size="small" onClick={copy}>
        Copy all
      </Button>
      <span role="status" className="order-last text-ink-soft">
        {copied?.text === text && copied.message}
      </span>
    </>
  )
}
