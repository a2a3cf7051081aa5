import { ALL_FORMATS, BlobSource, Input } from 'mediabunny'
import type { Inspection } from '#server/dependencies.ts'

/** Probes a file as the server does: reads its facts, or finds that it is not a video. */
export async function inspectVideo(file: Blob): Promise<Inspection> {
  const input = new Input({ source: new BlobSource(file), formats: ALL_FORMATS })
  try {
    const video = await input.getPrimaryVideoTrack()
    if (!video) return { outcome: 'without-video' }
    const audio = await input.getPrimaryAudioTrack()
    const codec = await video.getCodec()
    return {
      outcome: 'usable',
      contentHash: await hash(file),
      facts: {
        durationSeconds: await input.computeDuration(),
        width: await video.getDisplayWidth(),
        height: await video.getDisplayHeight(),
        rotation: await video.getRotation(),
        codec: codec === 'avc' ? 'h264' : (codec ?? 'unknown'),
        audioCodec: audio && ((await audio.getCodec()) ?? 'unknown'),
        mimeType: (await input.getMimeType()).split(';')[0] ?? file.type,
      },
    }
  } catch {
    return { outcome: 'unreadable' }
  } finally {
    input.dispose()
  }
}

async function hash(file: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
