import { Button } from '#ui/button.tsx'
import type { InspectorResult } from './stately-inspector.ts'

type InspectorNoticeProps = {
  result: Exclude<InspectorResult, 'connected'>
  onRetry: () => void
}

/** Explains why Stately's inspector shows nothing. */
export const InspectorNotice = ({ result, onRetry }: InspectorNoticeProps) => (
  <div
    role="status"
    className="fixed right-4 bottom-4 z-30 flex max-w-sm items-center gap-3 rounded-lg border border-line bg-raised px-3 py-2 text-sm shadow-floating"
  >
    <p>{messages[result]}</p>
    <Button size="small" onClick={onRetry}>
      Try again
    </Button>
  </div>
)

const messages: Record<InspectorNoticeProps['result'], string> = {
  blocked: 'The browser blocked the window of Stately’s inspector.',
  unreachable: 'Stately’s inspector can’t be reached. The page itself keeps working.',
}
