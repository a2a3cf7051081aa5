/** Keys that are pressed together, as labelled on the keyboard. */
export const KeyCaps = ({ caps }: { caps: readonly string[] }) => (
  <span className="inline-flex shrink-0 gap-0.5">
    {caps.map((cap) => (
      <kbd
        key={cap}
        className="min-w-5 rounded-sm border border-line bg-sunken px-1 text-center font-sans text-xs leading-4.5 text-ink-soft"
      >
        {cap}
      </kbd>
    ))}
  </span>
)
