// @ts-check
// JavaScript, since a thread starts from a file that Node itself can read, from the sources as well
// as from the build.
import { open } from 'node:fs/promises'
import { parentPort } from 'node:worker_threads'
import {
  CustomSource,
  EncodedPacketSink,
  Input,
  Logging,
  LogLevel,
  MATROSKA,
  MP4,
  QTFF,
  WEBM,
} from 'mediabunny'

// Formats that refer to other files, such as playlists, must not be among them.
const mimeTypes = new Map([
  [MP4, 'video/mp4'],
  [QTFF, 'video/quicktime'],
  [WEBM, 'video/webm'],
  [MATROSKA, 'video/x-matroska'],
])

// No index of a video is as large. A file that says so would fill the memory.
const maxRead = 64 * 1024 * 1024
const maxSide = 16_384

Logging.level = LogLevel.Silent

parentPort?.on('message', async (/** @type {string} */ file) => {
  parentPort?.postMessage(await probe(file).catch((error) => ({ outcome: 'failed', error })))
})

/** @param {string} file */
async function probe(file) {
  const handle = await open(file, 'r')
  const input = new Input({ source: createSource(handle), formats: [...mimeTypes.keys()] })
  try {
    return await inspect(input)
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw error
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
  const mimeType = mimeTypes.get(await input.getFormat())
  if ((await input.getTracks()).length === 0) return { outcome: 'unreadable' }
  const video = await input.getPrimaryVideoTrack()
  if (!video) return { outcome: 'without-video' }
  const audio = await input.getPrimaryAudioTrack()
  const durationSeconds = await input.computeDuration()
  const width = Math.round(await video.getDisplayWidth())
  const height = Math.round(await video.getDisplayHeight())
  const isSized = width > 0 && height > 0 && Math.max(width, height) <= maxSide
  const isTimed = durationSeconds > 0 && Number.isFinite(durationSeconds)
  if (!isSized || !isTimed) return { outcome: 'unreadable' }
  const tracks = audio ? [video, audio] : [video]
  if (await isTruncated(input, durationSeconds, tracks)) return { outcome: 'truncated' }
  const codec = await video.getCodec()
  const rotation = await video.getRotation()
  const facts = {
    durationSeconds,
    width,
    height,
    rotation,
    codec: codec === 'avc' ? 'h264' : (codec ?? 'unknown'),
    audioCodec: audio && ((await audio.getCodec()) ?? 'unknown'),
    mimeType,
  }
  return { outcome: 'usable', facts }
}

/**
 * Whether the packets end before the duration that the file tells, or lie beyond its end. Durations
 * are rounded, and a subtitle may outlast the video.
 * @param {Input} input
 * @param {number} durationSeconds
 * @param {import('mediabunny').InputTrack[]} tracks
 */
async function isTruncated(input, durationSeconds, tracks) {
  const told = (await input.getDurationFromMetadata()) ?? 0
  if (told - durationSeconds > 1 + told / 100) return true
  for (const track of tracks) {
    const sink = new EncodedPacketSink(track)
    const first = await sink.getFirstPacket()
    const last = await sink.getPacket(Number.POSITIVE_INFINITY)
    // A recording may have a track for a sound that never came.
    if (first ? !last : track.isVideoTrack()) return true
  }
  return false
}
