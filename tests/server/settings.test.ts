import { expect, test } from 'vitest'
import { readSettings } from '#server/settings.ts'

test('settings have defaults, and an empty value counts as unset', () => {
  const defaults = {
    PORT: 3000,
    HOST: '127.0.0.1',
    LECTERN_DATA: '.lectern',
    LECTERN_HOSTS: [],
    LECTERN_KEEP_REMOVED_DAYS: 30,
    LECTERN_KEEP_UPLOADS_DAYS: 7,
    LECTERN_MAX_UPLOAD: 10_737_418_240,
    LECTERN_LOG: 'info',
  }
  expect(readSettings({})).toEqual(defaults)
  expect(readSettings({ PORT: '', HOST: ' ', DATABASE_URL: '', OTHER: 'x' })).toEqual(defaults)
})

test('settings are parsed', () => {
  expect(
    readSettings({
      PORT: '0',
      HOST: '0.0.0.0',
      LECTERN_DATA: '/data',
      DATABASE_URL: 'postgres://me:secret@db:5432/lectern',
      LECTERN_HOSTS: ' Lectern.example.com , bücher.example,[2001:db8::1],10.0.0.5',
      LECTERN_KEEP_REMOVED_DAYS: '7',
      LECTERN_KEEP_UPLOADS_DAYS: '1',
      LECTERN_MAX_UPLOAD: '2.5 GB',
      LECTERN_MEDIA: 's3://lessons/art/drawing/',
      LECTERN_FAULTS: 'fail=0.5',
      LECTERN_LOG: 'warn',
    }),
  ).toEqual({
    PORT: 0,
    HOST: '0.0.0.0',
    LECTERN_DATA: '/data',
    DATABASE_URL: 'postgres://me:secret@db:5432/lectern',
    LECTERN_HOSTS: ['lectern.example.com', 'xn--bcher-kva.example', '[2001:db8::1]', '10.0.0.5'],
    LECTERN_KEEP_REMOVED_DAYS: 7,
    LECTERN_KEEP_UPLOADS_DAYS: 1,
    LECTERN_MAX_UPLOAD: 2_500_000_000,
    LECTERN_MEDIA: { bucket: 'lessons', prefix: 'art/drawing/' },
    LECTERN_FAULTS: { latency: [0, 0], fail: 0.5, drop: 0, seed: 1 },
    LECTERN_LOG: 'warn',
  })
})

test.for([
  'https://lectern.example.com',
  'lectern.example.com:8080',
  'lectern.example.com/path',
  '*.example.com',
  'user@example.com',
  'a..b c',
  'lectern.example.com,,other.example.com',
  '2001:db8::1',
])('LECTERN_HOSTS can’t be %s', (value) => {
  expect(() => readSettings({ LECTERN_HOSTS: value })).toThrow(
    `LECTERN_HOSTS must be host names without a scheme, port or path, such as lectern.example.com,courses.example.com, but is “${value}”.`,
  )
})

for (const name of ['LECTERN_KEEP_REMOVED_DAYS', 'LECTERN_KEEP_UPLOADS_DAYS']) {
  test.for(['0', '-1', '1.5', '36501', 'month', '1e3'])(`${name} can’t be %s`, (value) => {
    expect(() => readSettings({ [name]: value })).toThrow(
      `${name} must be a whole number from 1 to 36500, but is “${value}”.`,
    )
  })
}

test.for([
  ['1048576', 1_048_576],
  ['500MB', 500_000_000],
  ['10 GiB', 10_737_418_240],
  [' 1.5 kib ', 1536],
  ['7 B', 7],
  ['2 TB', 2_000_000_000_000],
] as const)('LECTERN_MAX_UPLOAD can be %s', ([text, bytes]) => {
  expect(readSettings({ LECTERN_MAX_UPLOAD: text }).LECTERN_MAX_UPLOAD).toBe(bytes)
})

test.for([
  '0',
  '-1',
  '0.1 B',
  'much',
  '10 GiBit',
  '1e9',
  '10 PB',
  '1,5 GB',
  '99999999999999999999',
])('LECTERN_MAX_UPLOAD can’t be %s', (value) => {
  expect(() => readSettings({ LECTERN_MAX_UPLOAD: value })).toThrow(
    `LECTERN_MAX_UPLOAD must be a size such as 10 GiB, 500 MB or 1048576 (bytes), but is “${value}”.`,
  )
})

test.for(['s3://lessons', 's3://lessons/'])('LECTERN_MEDIA can be %s', (value) => {
  expect(readSettings({ LECTERN_MEDIA: value }).LECTERN_MEDIA).toEqual({
    bucket: 'lessons',
    prefix: '',
  })
})

test.for([
  'lessons',
  '/var/media',
  'https://lessons.s3.amazonaws.com',
  's3:lessons',
  's3://',
  's3://Lessons',
  's3://le',
  's3://a..b',
  's3:///prefix',
  's3://lessons//',
  's3://lessons/a//b',
  's3://lessons/../b',
  's3://lessons/a b',
  's3://lessons?x=1',
  's3://user:secret@lessons',
])('LECTERN_MEDIA can’t be %s', (value) => {
  expect(() => readSettings({ LECTERN_MEDIA: value })).toThrow(
    `LECTERN_MEDIA must look like s3://bucket or s3://bucket/prefix, but is “${value}”.`,
  )
})

test.for([
  ['PORT', 'http', 'PORT must be a whole number from 0 to 65535, but is “http”.'],
  ['PORT', '65536', 'PORT must be a whole number from 0 to 65535, but is “65536”.'],
  ['PORT', '-1', 'PORT must be a whole number from 0 to 65535, but is “-1”.'],
  [
    'DATABASE_URL',
    'mysql://x',
    'DATABASE_URL must look like postgres://user:password@host:5432/name.',
  ],
  [
    'LECTERN_FAULTS',
    'fail=2',
    'LECTERN_FAULTS is invalid: fail must be between 0 and 1, but is “2”. Example: latency=1000-2000,fail=0.2,drop=0.05,seed=7.',
  ],
  [
    'LECTERN_LOG',
    'loud',
    'LECTERN_LOG must be one of trace, debug, info, warn, error, silent, but is “loud”.',
  ],
] as const)('%s can’t be %s', ([name, value, message]) => {
  expect(() => readSettings({ [name]: value })).toThrow(message)
})
