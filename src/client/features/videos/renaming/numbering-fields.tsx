import type { UseFormReturn } from 'react-hook-form'
import { TextField } from './rename-controls.tsx'
import type { RenameErrors, RenameValues } from './rename-values.ts'

type NumberingFieldsProps = { form: UseFormReturn<RenameValues>; errors: RenameErrors }

/** The fields for the chosen kind of numbering: a template, the first number, its digits. */
export function NumberingFields({ form: { register, watch }, errors }: NumberingFieldsProps) {
  const numbering = watch('numbering')
  if (numbering === 'none') return null
  return (
    <>
      {numbering === 'template' && (
        <div className="min-w-0 flex-1 basis-52">
          <TextField
            label="Template"
            error={errors.template}
            hint="Use {n}, {n:03}, {name} and {ext}"
            {...register('template')}
          />
        </div>
      )}
      <div className="w-24">
        <TextField
          label="Start at"
          inputMode="numeric"
          error={errors.start}
          {...register('start')}
        />
      </div>
      {numbering === 'number' && (
        <div className="w-24">
          <TextField
            label="Digits"
            inputMode="numeric"
            error={errors.digits}
            {...register('digits')}
          />
        </div>
      )}
    </>
  )
}
