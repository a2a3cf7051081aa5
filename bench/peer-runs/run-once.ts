import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, CDPSession, Page } from 'playwright'
import type { Chapter } from '#contract/chapters.ts'
import type { Video } from '#contract/videos.ts'
import { createChapter, sendTo } from '../chapter.ts'
import { withPage } from '../course-page.ts'
import { findPicks, type Library } from '../library.ts'
import { type Cell, type Contender, estimateLinks, estimateRun } from './cells.ts'
import { listRefused, randomFor } from './draw-fault.ts'
import type { FrameLog } from './frame-log.ts'
import { type Judgement, judgeFrames } from './judge-frames.ts'
import type { PeersPage, ServerCell, ServerLog } from './page-contract.ts'
import type { PeersServer } from './peers-server.ts'

declare global {
  interface Window {
    peers: PeersPage
  }
}

/** The measurements of one run: counts and milliseconds, except for the heap. */
export interface RunResult extends Omit<Judgement, 'wrong'> {
  wrongFrames: number
  missing: number
  vanished: number
  doubled: number
  stale: number
  misplaced: number
  longestInteraction: number
  /** 1 if the server does not have the name that was typed, or the editor was gone before Enter. */
  editsLost: number
  unfocusedFrames: number
  requests: number
  lists: number
  longTasks: number
  blockedTime: number
  /** After a garbage collection, in MiB. */
  heap: number
}

export interface RunSetup {
  browser: Browser
  server: PeersServer
  library: Library
}

/** The purposes of a run's random numbers. */
const purposes = { rename: -4, refetch: -5 }

const keyInterval = 40

/** How long nothing must happen before a run is over, in ms. */
const quietTime = 500

/** How much longer than estimated a run may take, in ms. */
const extraTime = 60_000

/** Adds the picks of a cell in a contender's page, with a rename and a refetch meanwhile. */
export async function runOnce(
  { browser, server, library }: RunSetup,
  cell: Cell,
  contender: Contender,
  seed: number,
): Promise<RunResult> {
  await server.setCell(null)
  const before = library.filling.slice(0, cell.rows)
  const chapter = await createChapter(sendTo(server.address), before)
  const picks = findPicks(library, cell.picks)
  const serverCell: ServerCell = {
    seed,
    latency: cell.latency,
    refused: cell.refused / 100,
    mediaIds: picks.map(({ id }) => id),
  }
  const renamed = chooseRename(serverCell)
  const options = { ignoreHTTPSErrors: contender.transport === 'h2' }
  const estimate = estimateRun(cell, contender)

  return withPage(
    browser,
    async (page) => {
      const errors: string[] = []
      page.on('pageerror', ({ message }) => errors.push(message))
      const cdp = await page.context().newCDPSession(page)
      await openPage(page, server, chapter, contender, cell.rows)
      await page.evaluate(
        (offered) => window.peers.offer(offered),
        picks.map(({ id, filename }) => ({ mediaId: id, filename, durationSeconds: 60 })),
      )
      await page.getByRole('button', { name: /^Add / }).waitFor()
      await cdp.send('Emulation.setCPUThrottlingRate', { rate: cell.cpu })
      await page.evaluate(() => window.peers.startRecording())
      await server.setCell(serverCell)
      await page.getByRole('button', { name: /^Add / }).click({ delay: keyInterval })
      const pressedAt = Date.now()
      await Promise.all([
        renameMeanwhile(page, renamed, pressedAt + estimate + extraTime),
        refetchMeanwhile(page, estimateLinks(cell, contender), randomFor(seed, purposes.refetch)),
      ])
      const log = await waitForQuiet(page, server, cell.picks, pressedAt + estimate + extraTime)
      const frames = await page.evaluate(() => window.peers.stopRecording())
      if (errors.length > 0) throw new Error(`${contender.name}: ${errors.join('; ')}`)
      const saved = await listVideos(server, chapter)
      const answers = new Map(log.links.map((answer) => [answer.mediaId, answer]))
      const { wrong, ...judgement } = judgeFrames(frames, {
        before: before.map(({ id, filename }) => ({ mediaId: id, filename })),
        picks: picks.map(({ id, filename }) => ({
          mediaId: id,
          filename,
          answeredAt: answers.get(id)?.at ?? Number.POSITIVE_INFINITY,
          isRefused: answers.get(id)?.isRefused ?? false,
        })),
        ...(renamed && { rename: renamed }),
      })
      return {
        ...judgement,
        ...readCounts(frames),
        wrongFrames: wrong.any,
        missing: wrong.missing,
        vanished: wrong.vanished,
        doubled: wrong.doubled,
        stale: wrong.stale,
        misplaced: wrong.misplaced,
        editsLost: renamed && !hasName(saved, renamed) ? 1 : 0,
        requests: log.requests,
        lists: log.lists,
        heap: await readHeap(cdp),
      }
    },
    options,
  )
}

/** Chooses a pick whose link is not refused, and the name to type for it. */
function chooseRename(cell: ServerCell) {
  const refused = listRefused(cell)
  const accepted = cell.mediaIds.filter((_, index) => !refused.has(index))
  const index = Math.floor(randomFor(cell.seed, purposes.rename)() * accepted.length)
  const mediaId = accepted[index]
  return mediaId === undefined ? undefined : { mediaId, filename: `Typed ${index}.mp4` }
}

async function openPage(
  page: Page,
  { address, secureAddress }: PeersServer,
  chapter: Chapter,
  { layer, transport }: Contender,
  rows: number,
) {
  const origin = transport === 'h2' ? secureAddress : address
  await page.goto(`${origin}/peers/?layer=${layer}&transport=${transport}&chapter=${chapter.id}`)
  await page.locator('ul[data-loaded]').waitFor({ state: 'attached' })
  await page.waitForFunction((count) => document.querySelectorAll('li').length === count, rows)
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
}

/** Types a name as soon as the list shows the row. */
async function renameMeanwhile(
  page: Page,
  renamed: { mediaId: string; filename: string } | undefined,
  until: number,
) {
  if (!renamed) return
  while (!(await page.evaluate((id) => window.peers.openEditor(id), renamed.mediaId))) {
    if (Date.now() > until) return
    await sleep(quietTime / 10)
  }
  await page.keyboard.type(renamed.filename, { delay: keyInterval })
  await page.keyboard.press('Enter')
}

/** Fetches the list again while links are in flight, at a time that the seed determines. */
async function refetchMeanwhile(page: Page, linkTime: number, random: () => number) {
  await sleep((0.2 + 0.6 * random()) * linkTime)
  await page.evaluate(() => window.peers.refetch())
}

/** Waits until all links are answered, and both server and page have been idle for a while. */
async function waitForQuiet(
  page: Page,
  server: PeersServer,
  picks: number,
  until: number,
): Promise<ServerLog> {
  for (;;) {
    const { lastActivityAt, links } = await server.readLog()
    if (Date.now() - lastActivityAt > quietTime && links.length >= picks) {
      await page.evaluate(waitForIdle)
      const log = await server.readLog()
      // A slow page may have sent something meanwhile.
      if (log.openRequests === 0 && log.lastActivityAt === lastActivityAt) return log
    }
    if (Date.now() > until) {
      throw new Error(`Only ${links.length} of ${picks} links were answered in time`)
    }
    await sleep(quietTime / 5)
  }
}

/** Runs in the page: resolves once the page has painted everything and is idle. */
async function waitForIdle() {
  for (let idle = 0; idle < 3; idle++) {
    await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 5000 }))
    await new Promise((resolve) => requestAnimationFrame(resolve))
  }
}

async function listVideos({ address, setCell }: PeersServer, { id }: Chapter): Promise<Video[]> {
  await setCell(null)
  const response = await fetch(`${address}/api/chapters/${id}/videos`)
  const { videos } = (await response.json()) as { videos: Video[] }
  return videos
}

const hasName = (videos: readonly Video[], renamed: { mediaId: string; filename: string }) =>
  videos.some(
    ({ mediaId, filename }) => mediaId === renamed.mediaId && filename === renamed.filename,
  )

const readCounts = ({ unfocusedFrames, longestInteraction, longTasks, blockedTime }: FrameLog) => ({
  unfocusedFrames,
  longestInteraction,
  longTasks,
  blockedTime,
})

async function readHeap(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage')
  const { usedSize } = await cdp.send('Runtime.getHeapUsage')
  return usedSize / 1024 ** 2
}
