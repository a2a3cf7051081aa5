import { describe, expect } from 'vitest'
import { type Locator, page, userEvent } from 'vitest/browser'
import { addVideos } from '#client/features/videos/add-videos.ts'
import { computeBackoff } from '#machines/backoff.ts'
import { maxAttempts } from '#machines/video.context.ts'
import { expectAccessible } from '../../support/axe.ts'
import type { MockNetwork } from '../../support/mock-network.ts'
import {
  button,
  changeNotice,
  chapterRegion,
  clickNow,
  expectStatus,
  expectVideos,
  heading,
  isReachable,
  mediaLibrary,
  pickVideos,
  readShownVideos,
  statusLine,
  videoRow,
} from '../../support/page-parts.ts'
import { test } from '../../support/page-test.tsx'
import type { TestServer } from '../../support/server.ts'
import { type SimulatedTime, simulateTime } from '../../support/simulate-time.ts'

const batch = 'POST /api/chapters/{chapterId}/videos/batch'
const names = ['a.mp4', 'b.mp4', 'c.mp4', 'd.mp4']

async function setUpChapter(server: TestServer, filenames: readonly string[] = names) {
  const [chapter] = await server.addChapters('Basics', 'Advanced')
  if (!chapter) throw new Error('no chapter')
  return { chapter, assets: await server.addAssets(filenames) }
}

const listLinked = async (server: TestServer, chapterId: string): Promise<string[]> => {
  const answer = await server.send(`GET /api/chapters/${chapterId}/videos`)
  const { videos } = await answer.json()
  return videos.map(({ filename }: { filename: string }) => filename)
}

const listBatches = ({ requests }: MockNetwork) =>
  requests.filter((request) => request.endsWith('/batch'))

/** Lets a link's tries pass without an outcome until it fails. */
async function failEveryTry(
  filename: string,
  { pass }: SimulatedTime,
  words = 'No response yet; trying again',
) {
  for (let attempt = 2; attempt <= maxAttempts; attempt += 1) {
    await expect
      .element(videoRow(filename))
      .toHaveTextContent(`${words} (${attempt} of ${maxAttempts})`)
    pass(computeBackoff(attempt - 1))
  }
  await expectStatus(filename, 'failed')
}

const toPicks = (assets: readonly { id: string; filename: string }[]) =>
  assets.map(({ id, filename }) => ({ mediaId: id, filename, durationSeconds: 1 }))

const box = (locator: Locator) => locator.element().getBoundingClientRect()

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))

describe('picked videos', () => {
  test('are rows in the next frame, in pick order, with everything enabled', async ({
    server,
    network,
    open,
  }) => {
    const { chapter } = await setUpChapter(server)
    await open(`/courses/${chapter.courseId}`)
    const hold = network.hold(batch)
    const add = await pickVideos('Basics', 'c.mp4', 'a.mp4', 'b.mp4')
    clickNow(add)
    await nextFrame()
    expect(readShownVideos()).toEqual([
      'c.mp4: optimistic',
      'a.mp4: optimistic',
      'b.mp4: optimistic',
    ])
    await expect.element(mediaLibrary()).not.toBeInTheDocument()

    await expectVideos(['c.mp4: linking', 'a.mp4: linking', 'b.mp4: linking'])
    await expect.element(statusLine('Basics')).toHaveTextContent('0 of 3 linked')
    await expect.element(statusLine('Advanced')).toHaveTextContent('0 videos')
    expect([...document.querySelectorAll('button:disabled, input:disabled')]).toEqual([])
    await expectAccessible()

    hold.release()
    await expectVideos(['c.mp4: linked', 'a.mp4: linked', 'b.mp4: linked'])
    await expect.element(statusLine('Basics')).toHaveTextContent('3 of 3 linked')
    expect(await listLinked(server, chapter.id)).toEqual(['c.mp4', 'a.mp4', 'b.mp4'])
    expect(listBatches(network)).toHaveLength(1)
    await expectAccessible()
  })

  test('settle individually, in whatever order the answers arrive', async ({
    server,
    network,
    open,
  }) => {
    const { chapter } = await setUpChapter(server)
    await open(`/courses/${chapter.courseId}`)
    const [a, b, c] = names.slice(0, 3).map((filename) => network.hold(batch, { filename }))
    await (await pickVideos('Basics', ...names)).click()
    await expectVideos(['a.mp4: linking', 'b.mp4: linking', 'c.mp4: linking', 'd.mp4: linked'])
    c?.release()
    await expectVideos(['a.mp4: linking', 'b.mp4: linking', 'c.mp4: linked', 'd.mp4: linked'])
    a?.refuse('The file is being checked.')
    await expectVideos(['a.mp4: failed', 'b.mp4: linking', 'c.mp4: linked', 'd.mp4: linked'])
    await expect.element(statusLine('Basics')).toHaveTextContent('2 of 4 linked, 1 failed')
    b?.release()
    await expectVideos(['a.mp4: failed', 'b.mp4: linked', 'c.mp4: linked', 'd.mp4: linked'])
    await expect.element(statusLine('Basics')).toHaveTextContent('3 of 4 linked, 1 failed')
    expect(await listLinked(server, chapter.id)).toEqual(['b.mp4', 'c.mp4', 'd.mp4'])
  })

  test('are linked even while their chapter is collapsed or the user is on another page', async ({
    server,
    network,
    open,
  }) => {
    const { chapter } = await setUpChapter(server)
    const { router } = await open(`/courses/${chapter.courseId}`)
    const hold = network.hold(batch, { filename: 'a.mp4' })
    await (await pickVideos('Basics', 'a.mp4', 'b.mp4')).click()
    await expectVideos(['a.mp4: linking', 'b.mp4: linked'])
    await button('Basics').click()
    await expect.element(videoRow('a.mp4')).not.toBeInTheDocument()
    await router.navigate({ to: '/' })
    await expect.element(heading('Courses')).toBeInTheDocument()
    hold.release()
    await expect.poll(() => listLinked(server, chapter.id)).toEqual(['a.mp4', 'b.mp4'])
    await router.navigate({ to: `/courses/${chapter.courseId}` })
    // Another press at the same place would count as the second half of a double press.
    await page.getByRole('banner').hover()
    await button('Basics').click()
    await expectVideos(['a.mp4: linked', 'b.mp4: linked'])
    await expect.element(statusLine('Basics')).toHaveTextContent('2 of 2 linked')
  })

  test('leave their status line visible, below the header', async ({ server, open }) => {
    await page.viewport(1280, 600)
    const many = Array.from({ length: 14 }, (_, index) => `${index + 10}.mp4`)
    const { chapter, assets } = await setUpChapter(server, many)
    const { queryClient, authoring } = await open(`/courses/${chapter.courseId}`)
    await expect.element(statusLine('Basics')).toHaveTextContent('0 videos')
    addVideos(authoring, queryClient, chapter.id, toPicks(assets))
    await expectStatus('10.mp4', 'linked')
    await expect
      .poll(() => box(statusLine('Basics')).top - box(page.getByRole('banner')).bottom)
      .toBeGreaterThanOrEqual(0)
    expect(window.scrollY).toBeGreaterThan(0)
    expect(Math.round(box(videoRow('10.mp4')).top)).toBeGreaterThanOrEqual(
      Math.round(box(statusLine('Basics')).bottom),
    )
    await page.viewport(1280, 800)
  })

  test('start below their status line, even if it takes two lines', async ({
    server,
    network,
    open,
  }) => {
    await page.viewport(390, 600)
    const many = Array.from({ length: 14 }, (_, index) => `${index + 10}.mp4`)
    const { chapter, assets } = await setUpChapter(server, [...many, 'refused.mp4'])
    const { queryClient, authoring } = await open(`/courses/${chapter.courseId}`)
    await expect.element(statusLine('Basics')).toHaveTextContent('0 videos')
    network.refuse(batch, { filename: 'refused.mp4' })
    addVideos(authoring, queryClient, chapter.id, toPicks(assets.slice(-1)))
    await expect.element(button('Retry failed')).toBeVisible()
    addVideos(authoring, queryClient, chapter.id, toPicks(assets.slice(0, -1)))
    await expectStatus('10.mp4', 'linked')
    await expect.element(statusLine('Basics')).toHaveTextContent('14 of 15 linked, 1 failed')
    const retry = box(button('Retry failed'))
    expect(retry.top).toBeGreaterThanOrEqual(box(statusLine('Basics')).bottom)
    await expect
      .poll(() => Math.round(box(videoRow('10.mp4')).top))
      .toBeGreaterThanOrEqual(Math.round(retry.bottom))
    expect(window.scrollY).toBeGreaterThan(0)
    await page.viewport(1280, 800)
  })

  test.for([390, 1280])(
    'end above their notice in a window of %i px',
    async (width, { server, open }) => {
      await page.viewport(width, 800)
      const linked = Array.from({ length: 40 }, (_, index) => `${index + 10}.mp4`)
      const { chapter, assets } = await setUpChapter(server, [...linked, '1.mp4', '2.mp4', '3.mp4'])
      await server.addVideos(chapter.id, assets.slice(0, 40))
      const { queryClient, authoring } = await open(`/courses/${chapter.courseId}`)
      await expect.element(statusLine('Basics')).toHaveTextContent('40 videos')
      addVideos(authoring, queryClient, chapter.id, toPicks(assets.slice(40)))
      await expect.element(changeNotice()).toHaveTextContent('Added 3 videos')
      await expectStatus('3.mp4', 'linked')
      await expect.poll(() => isReachable(videoRow('3.mp4'))).toBe(true)
      expect(box(videoRow('3.mp4')).bottom).toBeLessThanOrEqual(box(changeNotice()).top)
      await page.viewport(1280, 800)
    },
  )

  test('can be 200 at once, in one request', async ({ server, network, open }) => {
    const many = Array.from({ length: 200 }, (_, index) => `Lesson ${index + 1}.mp4`)
    const { chapter } = await setUpChapter(server, many)
    await open(`/courses/${chapter.courseId}`)
    await pickVideos('Basics', 'Lesson 1.mp4')
    await userEvent.keyboard('{End}')
    await expect.element(mediaLibrary().getByRole('grid')).toHaveAttribute('aria-rowcount', '200')
    await userEvent.keyboard('{Control>}a{/Control}')
    const hold = network.hold(batch)
    clickNow(button('Add 200 videos'))
    await nextFrame()
    expect(readShownVideos().at(0)).toBe('Lesson 1.mp4: optimistic')
    await expect.element(videoRow('Lesson 1.mp4')).toHaveAttribute('aria-setsize', '200')
    await expect.poll(hold.waiting).toBe(1)
    hold.release()
    await expect.element(statusLine('Basics')).toHaveTextContent('200 of 200 linked')
    expect(await listLinked(server, chapter.id)).toEqual(many)
  })
})

describe('a refused link', () => {
  test('stays in place with its reason, and can be retried alone', async ({
    server,
    network,
    open,
  }) => {
    const { chapter } = await setUpChapter(server)
    await open(`/courses/${chapter.courseId}`)
    const refusal = network.refuse(batch, { filename: 'b.mp4' }, 'The file is being checked.')
    await (await pickVideos('Basics', 'a.mp4', 'b.mp4', 'c.mp4')).click()
    await expectVideos(['a.mp4: linked', 'b.mp4: failed', 'c.mp4: linked'])
    await expect
      .element(videoRow('b.mp4'))
      .toHaveTextContent('Not linked: The file is being checked.')
    await expectAccessible()
    refusal.lift()
    await button('Retry b.mp4').click()
    await expect.element(button('Rename b.mp4')).toHaveFocus()
    await expectVideos(['a.mp4: linked', 'b.mp4: linked', 'c.mp4: linked'])
    await expect.element(button('Retry failed')).not.toBeInTheDocument()
    expect(await listLinked(server, chapter.id)).toEqual(['a.mp4', 'b.mp4', 'c.mp4'])
  })

  test('can be retried with all other failed links', async ({ server, network, open }) => {
    const { chapter } = await setUpChapter(server)
    await open(`/courses/${chapter.courseId}`)
    const refusals = ['a.mp4', 'c.mp4'].map((filename) => network.refuse(batch, { filename }))
    await (await pickVideos('Basics', 'a.mp4', 'b.mp4', 'c.mp4')).click()
    await expectVideos(['a.mp4: failed', 'b.mp4: linked', 'c.mp4: failed'])
    await expect.element(statusLine('Basics')).toHaveTextContent('1 of 3 linked, 2 failed')
    for (const refusal of refusals) refusal.lift()
    await button('Retry failed').click()
    await expect.element(statusLine('Basics')).toHaveFocus()
    await expectVideos(['a.mp4: linked', 'b.mp4: linked', 'c.mp4: linked'])
    await expect.element(statusLine('Basics')).toHaveTextContent('3 of 3 linked')
  })

  test('can be removed', async ({ server, network, open }) => {
    const { chapter } = await setUpChapter(server)
    await open(`/courses/${chapter.courseId}`)
    network.refuse(batch, { filename: 'a.mp4' })
    await (await pickVideos('Basics', 'a.mp4', 'b.mp4')).click()
    await expectStatus('a.mp4', 'failed')
    await button('Remove a.mp4').click()
    await expectVideos(['b.mp4: linked'])
    await expect.element(statusLine('Basics')).toHaveTextContent('1 of 1 linked')
  })
})

describe('an unknown outcome', () => {
  test('is retried with the same id until the server answers, and creates no duplicate', async ({
    server,
    network,
    open,
  }) => {
    const { chapter } = await setUpChapter(server)
    await open(`/courses/${chapter.courseId}`)
    const cut = network.cut(batch, { filename: 'b.mp4' }, 'after')
    await (await pickVideos('Basics', 'a.mp4', 'b.mp4')).click()
    await expect.element(videoRow('b.mp4')).toHaveTextContent('No response yet; trying again')
    await expectAccessible()
    cut.lift()
    await expectVideos(['a.mp4: linked', 'b.mp4: linked'])
    expect(await listLinked(server, chapter.id)).toEqual(['a.mp4', 'b.mp4'])
  })

  test('fails after the last try, and can be retried', async ({ server, network, open }) => {
    const { chapter } = await setUpChapter(server)
    const time = simulateTime()
    await open(`/courses/${chapter.courseId}`, time.environment)
    const cut = network.cut(batch)
    await (await pickVideos('Basics', 'a.mp4')).click()
    await failEveryTry('a.mp4', time)
    expect(listBatches(network)).toHaveLength(maxAttempts)
    await expect
      .element(videoRow('a.mp4'))
      .toHaveTextContent('Not linked: the server didn’t respond.')
    await expectAccessible()
    cut.lift()
    await button('Retry a.mp4').click()
    await expectStatus('a.mp4', 'linked')
  })

  test.for([
    {
      answer: 'a sign-in page',
      answerWith: (network: MockNetwork) => network.showPage(batch),
      reason:
        'Lectern received a web page instead of a response (200). You may need to sign in to a proxy or network, then try again.',
      retry: 'sign in to a proxy or network. Trying again',
    },
    {
      answer: 'a busy server',
      answerWith: (network: MockNetwork) =>
        network.refuse(batch, {}, 'It is busy. Try again in a moment.', 503),
      reason: 'It is busy. Try again in a moment.',
      retry: 'It is busy. Trying again',
    },
  ])(
    'is explained by $answer',
    async ({ answerWith, reason, retry }, { server, network, open }) => {
      const { chapter } = await setUpChapter(server)
      const time = simulateTime()
      await open(`/courses/${chapter.courseId}`, time.environment)
      const fault = answerWith(network)
      await (await pickVideos('Basics', 'a.mp4')).click()
      await failEveryTry('a.mp4', time, retry)
      await expect.element(videoRow('a.mp4')).toHaveTextContent(`Not linked: ${reason}`)
      fault.lift()
      await button('Retry a.mp4').click()
      await expectStatus('a.mp4', 'linked')
    },
  )

  test('that failed is resolved automatically once the server answers', async ({
    server,
    network,
    open,
  }) => {
    const { chapter } = await setUpChapter(server)
    const time = simulateTime()
    await open(`/courses/${chapter.courseId}`, time.environment)
    const cut = network.cut(batch)
    await (await pickVideos('Basics', 'a.mp4')).click()
    await failEveryTry('a.mp4', time)
    cut.lift()
    time.pass(computeBackoff(maxAttempts))
    await expect
      .poll(() => {
        time.endSlowWaits()
        return readShownVideos()
      })
      .toEqual(['a.mp4: linked'])
    await expect.element(statusLine('Basics')).toHaveTextContent('1 of 1 linked')
    expect(await listLinked(server, chapter.id)).toEqual(['a.mp4'])
  })
})

test('picks are sent even if the browser reports to be offline', async ({
  server,
  network,
  open,
}) => {
  const { chapter } = await setUpChapter(server)
  await open(`/courses/${chapter.courseId}`)
  const add = await pickVideos('Basics', 'a.mp4', 'b.mp4')
  window.dispatchEvent(new Event('offline'))
  await add.click()
  await expectVideos(['a.mp4: linked', 'b.mp4: linked'])
  await expect.element(statusLine('Basics')).toHaveTextContent('2 of 2 linked')
  expect(await listLinked(server, chapter.id)).toEqual(['a.mp4', 'b.mp4'])
  expect(listBatches(network)).toHaveLength(1)
})

test('offline, a retry waits until there is a connection or another request is answered', async ({
  server,
  network,
  open,
}) => {
  const { chapter } = await setUpChapter(server)
  const { queryClient } = await open(`/courses/${chapter.courseId}`)
  const add = await pickVideos('Basics', 'a.mp4', 'b.mp4')
  window.dispatchEvent(new Event('offline'))
  const cut = network.cut(batch)
  await add.click()
  await expect
    .element(videoRow('a.mp4'))
    .toHaveTextContent('No response yet; trying again (2 of 5)')
  await expectVideos(['a.mp4: linking', 'b.mp4: linking'])
  await expect.element(statusLine('Basics')).toHaveTextContent('0 of 2 linked')
  await expectAccessible()
  cut.lift()
  // The page does not show when the retries start to wait, so refetch repeatedly.
  await expect
    .poll(async () => {
      await queryClient.invalidateQueries()
      return readShownVideos()
    })
    .toEqual(['a.mp4: linked', 'b.mp4: linked'])
  expect(await listLinked(server, chapter.id)).toEqual(['a.mp4', 'b.mp4'])
})

test('an empty chapter says so, and so does one whose videos can’t be loaded', async ({
  server,
  network,
  open,
}) => {
  const { chapter } = await setUpChapter(server)
  const refusal = network.refuse('GET /api/chapters/{chapterId}/videos', {
    chapterId: chapter.id,
  })
  await open(`/courses/${chapter.courseId}`)
  await expect
    .element(chapterRegion('Basics').getByRole('alert'))
    .toHaveTextContent('The videos couldn’t be loaded. Refused on purpose.')
  await expect.element(chapterRegion('Advanced')).toHaveTextContent('No videos yet')
  await expectAccessible()
  await chapterRegion('Basics').getByRole('button', { name: 'Add videos' }).click()
  await expect
    .element(mediaLibrary().getByRole('alert'))
    .toHaveTextContent('The chapter’s videos couldn’t be loaded. Refused on purpose.')
  await expect.element(mediaLibrary().getByRole('grid')).not.toBeInTheDocument()
  await expectAccessible()
  await userEvent.keyboard('{Escape}')
  refusal.lift()
  await chapterRegion('Basics').getByRole('button', { name: 'Try again' }).click()
  await expect.element(chapterRegion('Basics')).toHaveTextContent('No videos yet')
})
