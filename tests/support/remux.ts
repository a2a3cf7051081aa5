import path from 'node:path'
import {
  type AudioCodec,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  FilePathSource,
  Input,
  type InputAudioTrack,
  type InputVideoTrack,
  MP4,
  Output,
  type OutputFormat,
  type Rotation,
  type VideoCodec,
  WEBM,
} from 'mediabunny'

const folder = path.resolve(import.meta.dirname, '../../demo/media')

type Options = { format: OutputFormat; rotation?: Rotation; without?: 'video' | 'audio' }

/** Copies the packets of a demo video, such as `02.mp4`, to another container format. */
export async function remux(name: string, { format, rotation = 0, without }: Options) {
  const input = new Input({
    source: new FilePathSource(path.join(folder, name)),
    formats: [MP4, WEBM],
  })
  const target = new BufferTarget()
  const output = new Output({ format, target })
  const video = without === 'video' ? null : await input.getPrimaryVideoTrack()
  const audio = without === 'audio' ? null : await input.getPrimaryAudioTrack()
  const videoSource = video && new EncodedVideoPacketSource((await video.getCodec()) as VideoCodec)
  const audioSource = audio && new EncodedAudioPacketSource((await audio.getCodec()) as AudioCodec)
  if (videoSource) output.addVideoTrack(videoSource, { rotation })
  if (audioSource) output.addAudioTrack(audioSource)
  await output.start()
  await Promise.all([
    video && videoSource && copyPackets(video, videoSource),
    audio && audioSource && copyPackets(audio, audioSource),
  ])
  await output.finalize()
  input.dispose()
  return new Uint8Array(target.buffer ?? new ArrayBuffer(0))
}

async function copyPackets(
  track: InputVideoTrack | InputAudioTrack,
  source: EncodedVideoPacketSource | EncodedAudioPacketSource,
) {
  const decoderConfig = await track.getDecoderConfig()
  const sink = new EncodedPacketSink(track)
  for await (const packet of sink.packets()) {
    // A track and its source have the same kind.
    await source.add(packet, { decoderConfig } as never)
  }
  source.close()
}
