type UploadProgressProps = { label: string; sentBytes: number; sizeBytes: number }

/** A bar that shows how much has been sent. */
export const UploadProgress = ({ label, sentBytes, sizeBytes }: UploadProgressProps) => {
  const percent = sizeBytes === 0 ? 0 : Math.min(100, (sentBytes / sizeBytes) * 100)
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuenow={Math.floor(percent)}
      aria-valuemin={0}
      aria-valuemax={100}
      className="block h-1 overflow-hidden rounded-full bg-sunken forced-colors:border"
    >
      <span
        className="block h-full origin-left bg-accent-solid forced-colors:bg-[Highlight]"
        style={{ transform: `scaleX(${percent / 100})` }}
      />
    </span>
  )
}
