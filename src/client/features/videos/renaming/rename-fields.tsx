import { type ReactNode, useId } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import { FieldError, inputClass } from '#ui/field.tsx'
import { Select } from '#ui/select.tsx'
import { splitNames } from './check-names.ts'
import { describeLength, type RenameErrors, type RenameValues } from './rename-values.ts'

type RenameFieldsProps = {
  form: UseFormReturn<RenameValues>
  errors: RenameErrors
  videoCount: number
}

/** The rules, from first to last in the order in which they apply. */
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
          <Checks label="How to find">
            <Check {...register('matchesCase')}>Match case</Check>
            <Check {...register('firstOnly')}>First match only</Check>
            <Check {...register('isExpression')}>Regular expression</Check>
          </Checks>
          {isExpression && (
            <p className="text-sm text-ink-soft">
              $1 stands for the first group in parentheses, $&amp; for all that was found.
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
  keep: 'As it is',
  sentence: 'Sentence case',
  title: 'Title Case',
  lower: 'lower case',
  upper: 'UPPER CASE',
}

const numberings: Record<RenameValues['numbering'], string> = {
  none: 'None',
  number: 'Before the name',
  template: 'By a template',
}

function NameListField({ form, videoCount }: Omit<RenameFieldsProps, 'errors'>) {
  const id = useId()
  const typed = form.watch('names')
  const length =
    typed.trim() === '' ? undefined : describeLength(splitNames(typed).length, videoCount)
  return (
    <div className="flex min-w-0 flex-col">
      <label htmlFor={id} className="mb-1 text-sm text-ink-soft">
        New names, one a line
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

function NumberingFields({
  form: { register, watch },
  errors,
}: Omit<RenameFieldsProps, 'videoCount'>) {
  const numbering = watch('numbering')
  if (numbering === 'none') return null
  return (
    <>
      {numbering === 'template' && (
        <div className="min-w-0 flex-1 basis-52">
          <TextField
            label="Template"
            error={errors.template}
            hint="Of {n}, {n:03}, {name} and {ext}"
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

type FieldProps = ReturnType<UseFormReturn<RenameValues>['register']>

type TextFieldProps = FieldProps & {
  label: string
  error?: string | undefined
  hint?: string
  inputMode?: 'numeric'
}

function TextField({ label, error, hint, ...field }: TextFieldProps) {
  const id = useId()
  const note = error ?? hint
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-sm text-ink-soft">
        {label}
      </label>
      <input
        {...field}
        id={id}
        maxLength={maxLength}
        aria-invalid={error !== undefined}
        aria-describedby={note === undefined ? undefined : `${id}note`}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        className={inputClass}
      />
      {error !== undefined && <FieldError id={`${id}note`}>{error}</FieldError>}
      {error === undefined && hint !== undefined && (
        <p id={`${id}note`} className="mt-1 text-sm text-ink-soft">
          {hint}
        </p>
      )}
    </div>
  )
}

/** Longer than any name, so that every part of one can be found. */
const maxLength = 500

const Checks = ({ label, children }: { label: string; children: ReactNode }) => (
  <fieldset className="flex flex-wrap gap-x-5">
    <legend className="sr-only">{label}</legend>
    {children}
  </fieldset>
)

const Check = ({ children, ...field }: FieldProps & { children: string }) => (
  <label className="flex min-h-8 items-center gap-2 max-sm:min-h-10">
    <input type="checkbox" {...field} className="size-4" />
    <span>{children}</span>
  </label>
)

/** A label to be seen: the control names itself. */
const Labelled = ({ label, children }: { label: string; children: ReactNode }) => (
  <div>
    <span aria-hidden="true" className="mb-1 block text-sm text-ink-soft">
      {label}
    </span>
    {children}
  </div>
)
