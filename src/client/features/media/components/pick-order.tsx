import { useRef, useState } from 'react'
import { Dialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Popover } from 'react-aria-components/Popover'
import type { MediaPick } from '#contract/videos.ts'
import { Button } from '#ui/button.tsx'
import { PickList } from './pick-list.tsx'

type PickOrderProps = {
  picks: readonly MediaPick[]
  /** Called after the last pick is removed. */
  onEmpty: () => void
}

/** A button that opens the list of picks, to reorder them. */
export function PickOrder({ picks, onEmpty }: PickOrderProps) {
  const trigger = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button
        ref={trigger}
        size="small"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
      >
        Selection order
      </Button>
      <Popover
        isOpen={isOpen}
        triggerRef={trigger}
        placement="top start"
        onOpenChange={setOpen}
        className="flex w-104 max-w-[calc(100vw-1.5rem)] animate-appear flex-col overflow-hidden rounded-lg border border-line bg-raised shadow-floating outline-none"
      >
        <Dialog className="flex min-h-0 flex-col outline-none">
          <Heading slot="title" level={3} className="px-3 pt-3 pb-1 font-semibold">
            Selection order
          </Heading>
          <PickList picks={picks} onEmpty={onEmpty} />
        </Dialog>
      </Popover>
    </>
  )
}
