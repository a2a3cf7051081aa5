import { Button } from '#ui/button.tsx'
import type { InspectorAnswer } from './stately-inspector.ts'

type InspectorNoticeProps = {
  answer: Exclude<InspectorAnswer, 'connected'>
  onRetry: () => void
}

/** Why nothing is seen in Stately's inspector. */
export const InspectorNotice = ({ answer, onRetry }: InspectorNoticeProps) => (
  <div
    role="status"
    className="fixed right-4 bottom-4 z-30 flex max-w-sm items-center gap-3 rounded-lg border border-line bg-raised px-3 py-2 text-sm shadow-floating"
  >
    <p>{words[answer]}</p>
    <Button size="small" onClick={onRetry}>
      Try again
    </Button>
  </div>
)

const words: Record<InspectorNoticeProps['answer'], string> = {
  blocked: 'The browser did not let Stately’s inspector open a window.',
  unreachable: 'Stately’s inspector can’t be reached; Lectern itself goes on.',
}
