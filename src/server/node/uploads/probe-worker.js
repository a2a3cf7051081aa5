// JavaScript, since a thread starts from a file that Node itself can read, from the sources as well
// as from the build.
import { open } from 'node:fs/promises'
import { parentPort } from 'node:worker_threads'
import { CustomSource, EncodedPacketSink, Input, MATROSKA, MP4, QTFF, WEBM } from 'mediabunny'

// Formats that refer to other files, such as playlists, must not be among them.
const formats = [
  [MP4, 'video/mp4'],
  [QTFF, 'video/quicktime'],
  [WEBM, 'video/webm'],
  [MATROSKA, 'video/x-matroska'],
]

// No index of a video is as large. A file that says so would fill the memory.
const maxRead = 64 * 1024 * 1024
const maxSide = 16_384

parentPort?.on('message', async (/** @type {string} */ file) => {
  parentPort?.postMessage(await probe(file))
})

/** @param {string} file */
async function probe(file) {
  const handle = await open(file, 'r')
  const input = new Input({
    source: createSource(handle),
    formats: formats.map(([format]) => format),
  })
  try {
    return await inspect(input)
  } catch (error) {
    return { outcome: error instanceof RangeError ? 'endless' : 'unreadable' }
  } finally {
    input.dispose()
    await handle.close()
  }
}

/** @param {import('node:fs/promises').FileHandle} handle */
function createSource(handle) {
  return new CustomSource({
    getSize: async () => (await handle.stat()).size,
    async read(start, end) {
      if (end - start > maxRead) throw new Error('The file asks for too much at once')
      const bytes = new Uint8Array(end - start)
      await handle.read(bytes, 0, bytes.length, start)
      return bytes
    },
    prefetchProfile: 'fileSystem',
    // The read that needs it fails as well.
    handleUnhandledError: () => {},
  })
}

/** @param {Input} input */
async function inspect(input) {
  const format = await input.getFormat()
  if ((await input.getTracks()).length === 0) return { outcome: 'unreadable' }
  const video = await input.getPrimaryVideoTrack()
  if (!video) return { outcome: 'without-video' }
  const audio = await input.getPrimaryAudioTrack()
  const durationSeconds = await input.computeDuration()
  const [width, height] = [await video.getDisplayWidth(), await video.getDisplayHeight()].map(
    Math.round,
  )
  if (!isPositive(durationSeconds) || !isSide(width) || !isSide(height)) {
    return { outcome: 'unreadable' }
  }
  if (await isTruncated(input, durationSeconds, [video, ...(audio ? [audio] : [])])) {
    return { outcome: 'truncated' }
  }
  const codec = await video.getCodec()
  return {
    outcome: 'usable',
    facts: {
      durationSeconds,
      width,
      height,
      rotation: await video.getRotation(),
      codec: codec === 'avc' ? 'h264' : (codec ?? 'unknown'),
      audioCodec: audio ? ((await audio.getCodec()) ?? 'unknown') : null,
      mimeType: formats.find(([known]) => known === format)?.[1],
    },
  }
}

/**
 * Whether the packets end before the duration that the file tells, or lie beyond its end. Durations
 * are rounded, and a subtitle may outlast the video.
 */
async function isTruncated(input, durationSeconds, tracks) {
  const told = (await input.getDurationFromMetadata()) ?? 0
  if (told - durationSeconds > 1 + told / 100) return true
  for (const track of tracks) {
    const sink = new EncodedPacketSink(track)
    const ends = [await sink.getFirstPacket(), await sink.getPacket(Number.POSITIVE_INFINITY)]
    if (ends.some((packet) => !packet)) return true
  }
  return false
}

const isPositive = (number) => Number.isFinite(number) && number > 0
const isSide = (pixels) => Number.isInteger(pixels) && pixels > 0 && pixels <= maxSide
