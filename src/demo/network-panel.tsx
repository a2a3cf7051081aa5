import { useState } from 'react'
import { Button } from '#ui/button.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { inputClass } from '#ui/field.tsx'
import { useNetwork } from './network.store.ts'

/** Where whoever tries the demo makes trouble: it meets every link, rename and removal from then on. */
export function NetworkPanel({ onStartOver }: { onStartOver: () => Promise<void> }) {
  const { shortest, longest, refused, cut, isOffline, change } = useNetwork()
  const [isAsking, setAsking] = useState(false)
  return (
    <aside aria-label="Demo" className="network-panel">
      <details>
        <summary>{isOffline ? 'Network: offline' : 'Network'}</summary>
        <div className="network-settings">
          <NumberField
            label="Shortest latency, ms"
            most={60_000}
            value={shortest}
            onChange={(shortest) => change({ shortest })}
          />
          <NumberField
            label="Longest latency, ms"
            most={60_000}
            value={longest}
            onChange={(longest) => change({ longest })}
          />
          <NumberField
            label="Refused, %"
            most={100}
            value={refused}
            onChange={(refused) => change({ refused })}
          />
          <NumberField
            label="Connection cut, %"
            most={100}
            value={cut}
            onChange={(cut) => change({ cut })}
          />
          <label>
            Offline
            <input
              type="checkbox"
              checked={isOffline}
              onChange={({ target }) => change({ isOffline: target.checked })}
            />
          </label>
          <Button onClick={() => setAsking(true)}>Start over</Button>
        </div>
      </details>
      {isAsking && (
        <ConfirmDialog
          title="Start over?"
          confirmLabel="Start over"
          onConfirm={() => void onStartOver()}
          onClose={() => setAsking(false)}
        >
          All that you made in this demo goes, and its course is as it was in the beginning.
        </ConfirmDialog>
      )}
    </aside>
  )
}

type NumberFieldProps = {
  label: string
  most: number
  value: number
  onChange: (value: number) => void
}

const NumberField = ({ label, most, value, onChange }: NumberFieldProps) => (
  <label>
    {label}
    <input
      type="number"
      required
      min={0}
      max={most}
      defaultValue={value}
      onChange={({ target }) => {
        if (target.validity.valid) onChange(target.valueAsNumber)
      }}
      className={inputClass}
    />
  </label>
)
