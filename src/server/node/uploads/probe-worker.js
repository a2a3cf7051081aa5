// @ts-check
// JavaScript, since a thread starts from a file that Node itself can run, both in the sources and
// in the build.
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

// Formats that refer to other files, such as playlists, must not be added.
const mimeTypes = new Map([
  [MP4, 'video/mp4'],
  [QTFF, 'video/quicktime'],
  [WEBM, 'video/webm'],
  [MATROSKA, 'video/x-matroska'],
])

// No video has an index this large. A file that claims to have one would fill the memory.
const maxRead = 64 * 1024 * 1024
const maxSide = 16_384

Logging.level = LogLevel.Silent

/** @typedef {{ size: number, port: import('node:worker_threads').MessagePort }} RemoteFile */

parentPort?.on('message', async (/** @type {RemoteFile} */ file) => {
  parentPort?.postMessage(await probe(file).catch((error) => ({ outcome: 'failed', error })))
})

/** @param {RemoteFile} file */
async function probe({ size, port }) {
  const { read, failed } = createReader(port)
  const input = new Input({ source: createSource(size, read), formats: [...mimeTypes.keys()] })
  try {
    const inspection = await inspect(input)
    if (failed()) throw createReadError()
    return inspection
  } catch (error) {
    if (failed()) throw error
    return { outcome: error instanceof RangeError ? 'endless' : 'unreadable' }
  } finally {
    input.dispose()
    port.close()
  }
}

// This says nothing about the file, whatever it looks like without these bytes.
const createReadError = () => new Error('The file can’t be read at the moment')

/**
 * Reads the file through the thread that knows where it is.
 * @param {import('node:worker_threads').MessagePort} port
 */
function createReader(port) {
  /**
   * @type {Map<number, { resolve: (bytes: Uint8Array) => void, reject: (error: Error) => void }>}
   */
  const waiting = new Map()
  let count = 0
  let hasFailed = false
  port.on('message', (/** @type {{ id: number, bytes?: Uint8Array }} */ { id, bytes }) => {
    if (bytes) waiting.get(id)?.resolve(bytes)
    else {
      hasFailed = true
      waiting.get(id)?.reject(createReadError())
    }
    waiting.delete(id)
  })
  return {
    failed: () => hasFailed,
    /**
     * @param {number} start
     * @param {number} end
     * @returns {Promise<Uint8Array>}
     */
    read: (start, end) =>
      new Promise((resolve, reject) => {
        const id = count++
        waiting.set(id, { resolve, reject })
        port.postMessage({ id, start, end })
      }),
  }
}

/**
 * @param {number} size
 * @param {(start: number, end: number) => Promise<Uint8Array>} read
 */
function createSource(size, read) {
  return new CustomSource({
    getSize: () => size,
    read(start, end) {
      if (end - start > maxRead) throw new Error('The file requires too large a read')
      return read(start, end)
    },
    prefetchProfile: 'network',
    // The read that needs the bytes fails as well.
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
 * Whether the packets end before the duration that the file declares, or lie beyond its end.
 * Durations are rounded, and a subtitle may outlast the video.
 * @param {Input} input
 * @param {number} durationSeconds
 * @param {import('mediabunny').InputTrack[]} tracks
 */
async function isTruncated(input, durationSeconds, tracks) {
  const declared = (await input.getDurationFromMetadata()) ?? 0
  if (declared - durationSeconds > 1 + declared / 100) return true
  for (const track of tracks) {
    const sink = new EncodedPacketSink(track)
    const first = await sink.getFirstPacket()
    const last = await sink.getPacket(Number.POSITIVE_INFINITY)
    // A recording may have an audio track without any audio.
    if (first ? !last : track.isVideoTrack()) return true
  }
  return false
}
