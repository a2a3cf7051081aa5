import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import limitConcurrency from 'p-limit'
import type { Page } from 'playwright'
import { tusVersion, uploadPartType } from '#contract/uploads.ts'
import { createChapter, sendTo } from '../chapter.ts'
import { withCoursePage } from '../course-page.ts'
import { type Lectern, readMemory, startLectern, thisCheckout } from '../lectern.ts'
import {
  type Bench,
  compareTo,
  type Measurement,
  measureTime,
  type Scenario,
} from '../measurement.ts'

const mebibyte = 1024 * 1024
const gibibyte = 1024 * mebibyte
const megabyte = 1_000_000
const smallCount = 200
const dropCount = 500
const defaultRounds = 3

/** A real video; what follows it is a box that players skip. */
const video = readFileSync(path.join(thisCheckout, 'demo/media/02.mp4'))
const filler = Buffer.alloc(mebibyte, 7)

/** Uploads to the library: a file of 1 GiB, many small ones, ten at once, and a drop. */
export const uploads: Scenario = {
  name: 'uploads',
  title: 'Uploads by tus, PGlite, on loopback',
  async run({ browser, library, rounds }: Bench) {
    const roundCount = rounds(defaultRounds)
    const lectern = await startLectern(library.copy())
    const bare = await startBareServer()
    const bareSpeeds: number[] = []
    const lecternSpeeds: number[] = []
    const singleFileTimes: number[] = []
    const smallFileTimes: number[] = []
    for (let round = 0; round < roundCount; round++) {
      bareSpeeds.push(
        toSpeed(await measureTime(() => send(`${bare.address}/file`, 'PUT', gibibyte))),
      )
      lecternSpeeds.push(toSpeed(await measureTime(() => upload(lectern, gibibyte))))
      singleFileTimes.push(await measureTime(() => upload(lectern, smallCount * megabyte)))
      smallFileTimes.push(await measureTime(() => uploadMany(lectern, smallCount, megabyte, 3)))
    }
    bare.stop()
    const growth = await measureGrowth(lectern)
    await lectern.stop()
    const singleFile: Measurement = {
      label: '200 MB in one file',
      unit: 'ms',
      samples: singleFileTimes,
    }
    const ratios = lecternSpeeds.map((speed, round) => speed / (bareSpeeds[round] ?? Number.NaN))
    return [
      { label: '1 GiB to a bare Hono handler', unit: 'MB/s', samples: bareSpeeds },
      {
        label: '1 GiB to Lectern',
        unit: 'MB/s',
        samples: lecternSpeeds,
        target: { statistic: 'median', atLeast: 250 },
      },
      {
        label: 'Lectern / bare',
        unit: '×',
        samples: ratios,
        target: { statistic: 'median', atLeast: 0.5 },
      },
      singleFile,
      compareTo(singleFile, {
        label: `${smallCount} files of 1 MB`,
        unit: 'ms',
        samples: smallFileTimes,
        note: 'three at a time; should be at most 1.5 ×',
      }),
      {
        label: 'Server memory growth, ten 200 MB uploads at once',
        unit: 'MiB',
        samples: [growth],
        target: { statistic: 'max', atMost: 50 },
      },
      {
        label: `Drop of ${dropCount} files, painted`,
        unit: 'ms',
        samples: await measureDrops(browser, library.copy(), roundCount),
        target: { statistic: 'median', atMost: 100 },
      },
    ]
  },
}

const toSpeed = (milliseconds: number) => gibibyte / megabyte / (milliseconds / 1_000)

/** Yields a video of the given size, in chunks. */
function* createBytes(size: number): Generator<Buffer> {
  const box = Buffer.alloc(8)
  box.writeUInt32BE(size - video.length)
  box.write('free', 4)
  yield Buffer.concat([video, box])
  for (let left = size - video.length - box.length; left > 0; left -= filler.length) {
    yield left < filler.length ? filler.subarray(0, left) : filler
  }
}

/** Sends a video of the given size as the body of a request. */
async function send(
  url: string,
  method: string,
  size: number,
  headers: Record<string, string> = {},
) {
  const sent = request(url, { method, headers: { 'content-length': String(size), ...headers } })
  const responded = new Promise<IncomingMessage>((resolve, reject) => {
    sent.on('response', resolve).on('error', reject)
  })
  await pipeline(Readable.from(createBytes(size)), sent)
  const response = await responded
  response.resume()
  if ((response.statusCode ?? 500) >= 300) throw new Error(`${url}: ${response.statusCode}`)
}

const upload = ({ address }: Lectern, size: number) =>
  send(`${address}/api/uploads`, 'POST', size, {
    'tus-resumable': tusVersion,
    'content-type': uploadPartType,
    'upload-length': String(size),
    'upload-metadata': `id ${encode(crypto.randomUUID())},filename ${encode('Lesson.mp4')}`,
  })

const encode = (text: string) => Buffer.from(text).toString('base64')

async function uploadMany(lectern: Lectern, count: number, size: number, atOnce: number) {
  const limit = limitConcurrency(atOnce)
  await Promise.all(Array.from({ length: count }, () => limit(() => upload(lectern, size))))
}

/** Measures how much the server’s memory grows during ten concurrent uploads, in MiB. */
async function measureGrowth(lectern: Lectern): Promise<number> {
  await uploadMany(lectern, 10, 200 * megabyte, 10)
  const before = readMemory(lectern)
  let peak = before
  const watch = setInterval(() => {
    peak = Math.max(peak, readMemory(lectern))
  }, 50)
  await uploadMany(lectern, 10, 200 * megabyte, 10)
  clearInterval(watch)
  return (peak - before) / mebibyte
}

/** Starts a server that only writes what it receives to the same disk. */
async function startBareServer() {
  const folder = mkdtempSync(path.join(tmpdir(), 'lectern-bench-bare-'))
  const app = new Hono().put('/file', async (c) => {
    const { body } = c.req.raw
    if (body) await pipeline(body, createWriteStream(path.join(folder, 'file')))
    return c.body(null, 204)
  })
  let server: ReturnType<typeof serve> | undefined
  const port = await new Promise<number>((resolve) => {
    server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, (info) =>
      resolve(info.port),
    )
  })
  return {
    address: `http://127.0.0.1:${port}`,
    stop() {
      server?.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Measures from the drop of many files on a chapter to the frame with their rows, in ms. */
async function measureDrops(browser: Bench['browser'], folder: string, rounds: number) {
  const lectern = await startLectern(folder)
  const samples: number[] = []
  for (let round = 0; round < rounds; round++) {
    const chapter = await createChapter(sendTo(lectern.address))
    samples.push(
      await withCoursePage(browser, lectern, chapter, async (page) => {
        // The first drop runs the page’s code for the first time.
        await drop(page, 1)
        return drop(page, dropCount)
      }),
    )
  }
  await lectern.stop()
  return samples
}

const drop = (page: Page, count: number) =>
  page.evaluate(async (files) => {
    const dataTransfer = new DataTransfer()
    for (let index = 0; index < files; index++) {
      dataTransfer.items.add(new File(['bytes'], `Drop ${files}-${index}.mp4`))
    }
    const chapter = document.querySelector('[data-drop-chapter]')
    const startedAt = performance.now()
    for (const type of ['dragover', 'drop']) {
      chapter?.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
    }
    while (!document.querySelector(`[aria-label^="Drop ${files}-"]`)) {
      await new Promise(requestAnimationFrame)
    }
    await new Promise((resolve) => setTimeout(resolve))
    return performance.now() - startedAt
  }, count)
