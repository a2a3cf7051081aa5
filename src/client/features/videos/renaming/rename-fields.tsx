import { useId } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import { inputClass } from '#ui/field.tsx'
import { Select } from '#ui/select.tsx'
import { splitNames } from './check-names.ts'
import { NumberingFields } from './numbering-fields.tsx'
import { Check, Checks, Labelled, TextField } from './rename-controls.tsx'
import { describeLength, type RenameErrors, type RenameValues } from './rename-values.ts'

type RenameFieldsProps = {
  form: UseFormReturn<RenameValues>
  errors: RenameErrors
  videoCount: number
}

/** The rules, in the order they apply. */
export function RenameFields({ form, errors, videoCount }: RenameFieldsProps) {
  const { register, watch } = form
  const isExpression = watch('isExpression')
  return (
    <div className="grid grid-cols-[1fr_2fr] gap-x-6 gap-y-3 px-5 pb-4 max-sm:grid-cols-1 max-sm:px-4">
      <NameListField form={form} videoCount={videoCount} />
      <div className="flex min-w-0 flex-col gap-3">
        <Checks label="Remove">
          <Check {...register('stripExtension')}>Remove extension</Check>
          <Check {...register('stripNumbering')}>Remove leading numbers</Check>
        </Checks>
        <div>
          <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
            <TextField
              label={isExpression ? 'Find expression' : 'Find'}
              error={errors.find}
              {...register('find')}
            />
            <TextField label="Replace with" {...register('replacement')} />
          </div>
          <Checks label="Search options">
            <Check {...register('matchesCase')}>Match case</Check>
            <Check {...register('firstOnly')}>First match only</Check>
            <Check {...register('isExpression')}>Regular expression</Check>
          </Checks>
          {isExpression && (
            <p className="text-sm text-ink-soft">
              $1 inserts the first group in parentheses, $&amp; the whole match.
            </p>
          )}
        </div>
        <div className="flex flex-wrap items-start gap-3">
          <Labelled label="Letter case">
            <Select
              label="Letter case"
              value={watch('caseStyle')}
              options={caseStyles}
              onChange={(style) => form.setValue('caseStyle', style)}
            />
          </Labelled>
          <Labelled label="Numbering">
            <Select
              label="Numbering"
              value={watch('numbering')}
              options={numberings}
              onChange={(numbering) => form.setValue('numbering', numbering)}
            />
          </Labelled>
          <NumberingFields form={form} errors={errors} />
        </div>
      </div>
    </div>
  )
}

const caseStyles: Record<RenameValues['caseStyle'], string> = {
  keep: 'Unchanged',
  sentence: 'Sentence case',
  title: 'Title Case',
  lower: 'lower case',
  upper: 'UPPER CASE',
}

const numberings: Record<RenameValues['numbering'], string> = {
  none: 'None',
  number: 'Before the name',
  template: 'Template',
}

function NameListField({ form, videoCount }: Omit<RenameFieldsProps, 'errors'>) {
  const id = useId()
  const typed = form.watch('names')
  const length =
    typed.trim() === '' ? undefined : describeLength(splitNames(typed).length, videoCount)
  return (
    <div className="flex min-w-0 flex-col">
      <label htmlFor={id} className="mb-1 text-sm text-ink-soft">
        New names, one per line
      </label>
      <textarea
        {...form.register('names')}
        id={id}
        rows={2}
        dir="auto"
        autoComplete="off"
        spellCheck={false}
        aria-describedby={`${id}length`}
        placeholder="Paste a list"
        className={`${inputClass} min-h-16 flex-1 resize-none py-1.5`}
      />
      <p id={`${id}length`} role="status" className="text-sm text-warning">
        {length}
      </p>
    </div>
  )
}
