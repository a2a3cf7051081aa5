import { useState } from 'react'
import { Button } from '#ui/button.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { inputClass } from '#ui/field.tsx'
import { useNetwork } from './network.store.ts'

/** Sets the network's latency and faults for all later requests. */
export function NetworkPanel({ onStartOver }: { onStartOver: () => Promise<void> }) {
  const { minLatency, maxLatency, refusedPercent, cutPercent, isOffline, change } = useNetwork()
  const [isConfirming, setConfirming] = useState(false)
  return (
    <aside aria-label="Demo" className="network-panel">
      <details>
        <summary>{isOffline ? 'Network: offline' : 'Network'}</summary>
        <div className="network-settings">
          <NumberField
            label="Minimum latency (ms)"
            max={60_000}
            value={minLatency}
            onChange={(minLatency) => change({ minLatency })}
          />
          <NumberField
            label="Maximum latency (ms)"
            max={60_000}
            value={maxLatency}
            onChange={(maxLatency) => change({ maxLatency })}
          />
          <NumberField
            label="Refused (%)"
            max={100}
            value={refusedPercent}
            onChange={(refusedPercent) => change({ refusedPercent })}
          />
          <NumberField
            label="Connections cut (%)"
            max={100}
            value={cutPercent}
            onChange={(cutPercent) => change({ cutPercent })}
          />
          <label>
            Offline
            <input
              type="checkbox"
              checked={isOffline}
              onChange={({ target }) => change({ isOffline: target.checked })}
            />
          </label>
          <Button onClick={() => setConfirming(true)}>Start over</Button>
        </div>
      </details>
      {isConfirming && (
        <ConfirmDialog
          title="Start over?"
          confirmLabel="Start over"
          onConfirm={() => void onStartOver()}
          onClose={() => setConfirming(false)}
        >
          This deletes everything you made in the demo and restores the original course.
        </ConfirmDialog>
      )}
    </aside>
  )
}

type NumberFieldProps = {
  label: string
  max: number
  value: number
  onChange: (value: number) => void
}

const NumberField = ({ label, max, value, onChange }: NumberFieldProps) => (
  <label>
    <span>{label}</span>
    <input
      type="number"
      required
      min={0}
      max={max}
      defaultValue={value}
      onChange={({ target }) => {
        if (target.validity.valid) onChange(target.valueAsNumber)
      }}
      className={inputClass}
    />
  </label>
)
