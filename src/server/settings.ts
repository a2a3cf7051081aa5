import { z } from 'zod'
import { errorMessage } from '#shared/error-message.ts'
import { parseFileSize } from '#shared/file-size.ts'
import { type FaultSettings, parseFaultSettings } from './faults/fault-settings.ts'
import { parseBucketAddress } from './node/s3/bucket-address.ts'
import { StartError } from './node/start-error.ts'
import { defaultKeptDays, defaultKeptUploadDays } from './upkeep.ts'

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const
export const maxPort = 65_535
const maxKeptDays = 36_500
const defaultMaxUpload = 10 * 1024 ** 3
const port = z.coerce.number().int().min(0).max(maxPort)

const parseDays = (name: string, defaultDays: number) =>
  z
    .string()
    .refine((text) => /^[1-9]\d*$/.test(text) && Number(text) <= maxKeptDays, {
      error: `${name} must be a whole number from 1 to ${maxKeptDays}`,
    })
    .transform(Number)
    .default(defaultDays)

const schema = z.object({
  PORT: z
    .string()
    .refine((text) => /^\d+$/.test(text) && port.safeParse(text).success, {
      error: `PORT must be a whole number from 0 to ${maxPort}`,
    })
    .transform(Number)
    .default(3000),
  HOST: z.string().trim().default('127.0.0.1'),
  LECTERN_DATA: z.string().default('.lectern'),
  DATABASE_URL: z
    .string()
    .refine((text) => /^postgres(ql)?:\/\/./.test(text) && URL.canParse(text), {
      error: 'DATABASE_URL must look like postgres://user:password@host:5432/name',
    })
    .optional(),
  LECTERN_HOSTS: z.string().transform(readHosts).default([]),
  LECTERN_KEEP_REMOVED_DAYS: parseDays('LECTERN_KEEP_REMOVED_DAYS', defaultKeptDays),
  LECTERN_KEEP_UPLOADS_DAYS: parseDays('LECTERN_KEEP_UPLOADS_DAYS', defaultKeptUploadDays),
  LECTERN_MAX_UPLOAD: z.string().transform(readSize).default(defaultMaxUpload),
  LECTERN_MEDIA: z.string().trim().transform(readBucket).optional(),
  LECTERN_FAULTS: z.string().transform(readFaults).optional(),
  LECTERN_LOG: z
    .enum(levels, { error: `LECTERN_LOG must be one of ${levels.join(', ')}` })
    .default('info'),
})

// These may hold a password and are never printed.
const secrets = new Set(['DATABASE_URL'])

// The messages of these name what is invalid.
const explained = new Set(['LECTERN_FAULTS'])

/** The settings, from environment variables. */
export type Settings = z.infer<typeof schema>

/** Reads the settings once, at the start. An empty variable counts as unset. */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const given = Object.entries(environment).filter(([, value]) => value?.trim())
  const { data, error } = schema.safeParse(Object.fromEntries(given))
  if (data) return data
  const sentences = error.issues.map(({ message, path }) => {
    const name = String(path[0])
    const isComplete = secrets.has(name) || explained.has(name)
    return isComplete ? `${message}.` : `${message}, but is “${environment[name]}”.`
  })
  throw new StartError(sentences.join('\n'))
}

/** Reads host names as browsers send them: in lower case, and non-ASCII names in Punycode. */
function readHosts(text: string, context: z.RefinementCtx): string[] {
  const names = text.split(',').map((name) => name.trim())
  const hosts = names.flatMap((name) => readHost(name) ?? [])
  if (hosts.length === names.length) return hosts
  context.addIssue({
    code: 'custom',
    message:
      'LECTERN_HOSTS must be host names without a scheme, port or path, such as lectern.example.com,courses.example.com',
  })
  return z.NEVER
}

function readHost(name: string): string | undefined {
  if (name === '' || /[\s/\\?#@*]|:\d*$/.test(name) || !URL.canParse(`http://${name}`))
    return undefined
  return new URL(`http://${name}`).hostname
}

function readSize(text: string, context: z.RefinementCtx): number {
  const size = parseFileSize(text)
  if (size !== undefined && size > 0) return size
  context.addIssue({
    code: 'custom',
    message: 'LECTERN_MAX_UPLOAD must be a size such as 10 GiB, 500 MB or 1048576 (bytes)',
  })
  return z.NEVER
}

function readBucket(text: string, context: z.RefinementCtx) {
  const address = parseBucketAddress(text)
  if (address) return address
  context.addIssue({
    code: 'custom',
    message: 'LECTERN_MEDIA must look like s3://bucket or s3://bucket/prefix',
  })
  return z.NEVER
}

function readFaults(text: string, context: z.RefinementCtx): FaultSettings {
  try {
    return parseFaultSettings(text)
  } catch (error) {
    const reason = errorMessage(error)
    context.addIssue({
      code: 'custom',
      message: `LECTERN_FAULTS is invalid: ${reason}. Example: latency=1000-2000,fail=0.2,drop=0.05,seed=7`,
    })
    return z.NEVER
  }
}
