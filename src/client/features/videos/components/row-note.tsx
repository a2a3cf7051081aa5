import type { ReactNode } from 'react'

/** A button in a note that makes a decision. */
export const Choice = ({ children, onClick }: { children: ReactNode; onClick: () => void }) => (
  <button type="button" className={choiceClass} onClick={onClick}>
    {children}
  </button>
)

const choiceClass =
  'min-h-7 max-w-full rounded-md border border-line bg-surface px-2 py-0.5 text-left text-sm font-medium break-words text-ink shadow-raised hover:bg-hover max-sm:min-h-10'

export type NoteProps = { icon: ReactNode; className: string; text: string; children?: ReactNode }

/** A note about a video's name or place. */
export const Note = ({ icon, className, text, children }: NoteProps) => (
  <div className="flex flex-wrap items-center gap-2">
    <p className={`flex items-start gap-1.5 text-sm [&_svg]:mt-0.5 [&_svg]:size-4 ${className}`}>
      {icon}
      <span className="min-w-0">{text}</span>
    </p>
    {children}
  </div>
)
