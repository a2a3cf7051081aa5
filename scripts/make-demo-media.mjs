import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { readCommandLine, runScript } from './command-line.mjs'
import { root } from './commands.mjs'

const usage = `node scripts/make-demo-media.mjs

Makes the demo course's videos and thumbnails: demo/media/NN.{mp4,webm,webp}, and demo/media.json, which
gives every file the name its instructor chose. ffmpeg draws everything, so no footage is needed; the same
build of ffmpeg with the same font produces the same bytes.

Needs ffmpeg and ffprobe with libx264, libvpx, libaom, libopus, libvorbis and libwebp.`

const run = promisify(execFile)

const demoDir = path.join(root, 'demo')
const mediaDir = path.join(demoDir, 'media')
const maxTotalBytes = 3_000_000 // The files are kept in the repository.
const thumbnailWidth = 320

// Frame sizes: landscape, portrait, classic and square.
const wide = [640, 360]
const large = [1280, 720]
const tall = [360, 640]
const classic = [480, 360]
const square = [400, 400]

// One entry per clip; its index is its name on disk (01, 02, ...).
//   filename  the name its instructor chose; the extension selects the container
//   label     text on the frame: [large, small]; letters, digits and spaces only
//   tone      frequencies of the chord in Hz; no sound track without it
//   quality   the codec's crf: higher is smaller
//   thumb     where to take the thumbnail, as a share of the duration (default 0.4)
// The names are awkward on purpose: numbers that must sort as numbers, several
// scripts and writing directions, emoji, a very long name, the same name twice.
const clips = [
  {
    filename: 'Lesson 1 – Welcome.mp4',
    codec: 'h264',
    size: wide,
    fps: 15,
    seconds: 12,
    quality: 28,
    look: sunset('#2b2d6e', '#ff9e6d', '#ffe08a', '#2a1b3d'),
    label: ['1', 'Welcome'],
    tone: [220, 277.2, 329.6],
    thumb: 0.25,
  },
  {
    filename: 'Lesson 2 – What you need before you start.mp4',
    codec: 'h264',
    size: wide,
    fps: 10,
    seconds: 34.5,
    quality: 32,
    look: balls('#0b3c49', ['#f4d35e', '#ee964b', '#f95738']),
    label: ['2', 'What you need'],
    tone: [196, 246.9],
  },
  {
    filename: 'Lesson 3 – First steps.webm',
    codec: 'vp9',
    size: wide,
    fps: 15,
    seconds: 20,
    quality: 42,
    look: gradient(['#ff5f6d', '#ffc371', '#7b4397'], 3),
    label: ['3', 'First steps'],
    tone: [261.6, 329.6],
  },
  {
    filename: 'Lesson 10 – Putting it all together.mp4',
    codec: 'h264',
    size: wide,
    fps: 5,
    seconds: 89.6,
    quality: 30,
    look: slides(['#264653', '#2a9d8f', '#b5892f', '#c8683c', '#a23b3b', '#5b3758']),
    label: ['10', 'Putting it together'],
    thumb: 0.2,
  },
  {
    filename: 'Lesson 11 – Where to go from here.webm',
    codec: 'vp9',
    size: wide,
    fps: 12,
    seconds: 15,
    quality: 44,
    look: pinwheel('#118ab2', '#06d6a0'),
    label: ['11', 'Where to go'],
  },
  {
    filename: 'IMG_4032.mp4',
    codec: 'h264',
    size: tall,
    fps: 20,
    seconds: 6.4,
    quality: 28,
    look: balls('#3d1e6d', ['#ff6fb5', '#ffd166', '#5ce1e6', '#ffffff']),
    tone: [440],
  },
  {
    filename: 'final_FINAL_v3 (2).webm',
    codec: 'vp8',
    size: wide,
    fps: 12,
    seconds: 8,
    quality: 24,
    look: testCard('testsrc2'),
    label: ['v3', 'final FINAL'],
    tone: [330],
  },
  {
    filename: '第3回 光と影の基礎.mp4',
    codec: 'h264',
    size: wide,
    fps: 12,
    seconds: 18.2,
    quality: 33,
    look: rings('#f4a582', '#d62246'),
    label: ['3', 'Light and shadow'],
  },
  {
    filename: 'الدرس الأول – مقدمة في الرسم.mp4',
    codec: 'av1',
    size: wide,
    fps: 12,
    seconds: 14,
    quality: 40,
    look: gradient(['#134e5e', '#71b280', '#f9f3c8'], 11),
    label: ['1', 'Introduction'],
    tone: [174.6, 220],
  },
  {
    filename: 'पाठ 4 – रंगों का सिद्धांत.webm',
    codec: 'vp9',
    size: wide,
    fps: 12,
    seconds: 10,
    quality: 42,
    look: plasma(0.5, 2.1, 4.0),
    label: ['4', 'Colour theory'],
  },
  {
    filename: 'Урок 5. Композиция кадра.mp4',
    codec: 'h264',
    size: classic,
    fps: 10,
    seconds: 47,
    quality: 30,
    look: slides(['#1d3557', '#457b9d', '#8d2f3b', '#6d597a']),
    label: ['5', 'Composition'],
    thumb: 0.35,
  },
  {
    filename: 'Μάθημα 6 – Η χρυσή τομή.webm',
    codec: 'av1',
    size: classic,
    fps: 12,
    seconds: 9,
    quality: 42,
    look: pinwheel('#f2b134', '#ed553b'),
    label: ['6', 'The golden ratio'],
    tone: [293.7, 370],
  },
  {
    filename: '👩🏽‍🎨 Mixing colours 🎨✨.mp4',
    codec: 'h264',
    size: square,
    fps: 15,
    seconds: 7.5,
    quality: 28,
    look: balls('#fdf0d5', ['#e63946', '#457b9d', '#f4a261', '#2a9d8f', '#8338ec']),
  },
  {
    filename: '👨‍👩‍👧‍👦 Family portrait – exercise.webm',
    codec: 'vp8',
    size: classic,
    fps: 10,
    seconds: 11,
    quality: 24,
    look: sunset('#3a7bd5', '#d7f0ff', '#fff6bf', '#2f6b3c'),
    label: ['Exercise', 'Family portrait'],
    thumb: 0.3,
  },
  {
    filename:
      'Recording of the second evening session of the spring workshop on drawing from observation in which we look at negative space and proportion and then work through the homework questions from last week.mp4',
    codec: 'h264',
    size: wide,
    fps: 4,
    seconds: 75,
    quality: 31,
    look: slides(['#33415c', '#5c677d', '#7d4f50', '#3f6c51', '#4a4e69']),
    label: ['II', 'Spring workshop'],
    tone: [164.8],
    thumb: 0.5,
  },
  {
    filename: 'intro.mp4',
    codec: 'h264',
    size: wide,
    fps: 12,
    seconds: 3,
    quality: 33,
    look: life(21, '#9ef01a', '#2b4a1e', '#08130a'),
    thumb: 0.8,
  },
  {
    filename: 'intro.mp4',
    codec: 'av1',
    size: wide,
    fps: 12,
    seconds: 5,
    quality: 42,
    look: rings('#0d1b2a', '#4cc9f0'),
    label: ['Intro', 'Take two'],
    tone: [392],
  },
  {
    filename: 'VID_20240317_142501.mp4',
    codec: 'h264',
    size: tall,
    fps: 15,
    seconds: 9.8,
    quality: 29,
    look: sunset('#0f2027', '#e96443', '#ffd89b', '#0b132b'),
    tone: [147, 185],
    thumb: 0.2,
  },
  {
    filename: 'Screen Recording 2024-03-02 at 09.41.17.webm',
    codec: 'vp9',
    size: large,
    fps: 8,
    seconds: 6,
    quality: 46,
    look: testCard('smptehdbars'),
    label: ['Screen', 'Recording test'],
  },
  // macOS hands over names in decomposed form: e + combining accent.
  {
    filename: 'Crème brûlée – étape 2 (à la maison).mp4'.normalize('NFD'),
    codec: 'h264',
    size: wide,
    fps: 15,
    seconds: 8.3,
    quality: 28,
    look: gradient(['#f6e7cb', '#d8973c', '#7b3f00'], 8),
    label: ['2', 'Creme brulee'],
    tone: [247],
  },
  {
    filename: 'שיעור 7 – אור.webm',
    codec: 'vp8',
    size: square,
    fps: 10,
    seconds: 5,
    quality: 26,
    look: plasma(3.6, 0.2, 1.6),
    label: ['7', 'Light'],
  },
  {
    filename: '8강 – 카메라 움직임.mp4',
    codec: 'h264',
    size: wide,
    fps: 10,
    seconds: 4,
    quality: 33,
    look: mandelbrot(0.35, 200),
    label: ['8', 'Camera moves'],
    thumb: 0.5,
  },
  {
    filename: '第九课 慢动作.webm',
    codec: 'vp9',
    size: tall,
    fps: 12,
    seconds: 7,
    quality: 44,
    look: gradient(['#12c2e9', '#c471ed', '#f64f59'], 17),
    label: ['9', 'Slow motion'],
    tone: [208],
  },
  {
    filename: `Q&A "best of" <part 1> & 'more' 100% #1.mp4`,
    codec: 'h264',
    size: wide,
    fps: 10,
    seconds: 26,
    quality: 32,
    look: balls('#7f1d4f', ['#ffb3c6', '#ff8fab', '#ffe5ec']),
    label: ['QA', 'Best of'],
    tone: [233, 294],
  },
  {
    filename: 'lesson_final.mp4.mp4',
    codec: 'h264',
    size: wide,
    fps: 10,
    seconds: 5,
    quality: 33,
    look: cells(110, '#1b1b3a', '#f8a5c2'),
    thumb: 0.9,
  },
  {
    filename: 'Lesson 2 (bonus) – Colour charts.webm',
    codec: 'av1',
    size: wide,
    fps: 5,
    seconds: 62,
    quality: 42,
    look: slides(['#006d77', '#3c7a57', '#bc6c25', '#9d4edd', '#bb3e03']),
    label: ['2', 'Bonus charts'],
    tone: [220],
    thumb: 0.7,
  },
  {
    filename: 'บทที่ 12 การตัดต่อ.mp4',
    codec: 'h264',
    size: wide,
    fps: 12,
    seconds: 13,
    quality: 33,
    look: pinwheel('#5f0f40', '#9a031e'),
    label: ['12', 'Editing'],
  },
  {
    filename: 'TEST.MP4',
    codec: 'h264',
    size: square,
    fps: 10,
    seconds: 1,
    quality: 32,
    look: testCard('testsrc'),
    tone: [1000],
  },
]

// ---- Looks: each maps a clip to the filter chain that draws its picture ----

function source(name, { size: [w, h], fps, seconds }, options = '', scale = 1) {
  return `${name}=s=${Math.round(w / scale)}x${Math.round(h / scale)}:r=${fps}:d=${seconds}${options}`
}

function rgb(hex) {
  return [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16))
}

/** A geq filter whose pixels lie between two colours; `mix` is an expression from 0 to 1. */
function blend(from, to, mix, alpha) {
  const channels = rgb(from).map((a, i) => `${'rgb'[i]}='${a}+${rgb(to)[i] - a}*(${mix})'`)
  if (alpha) channels.push(`a='255*(${alpha})'`)
  return `format=${alpha ? 'gbrap' : 'gbrp'},geq=${channels.join(':')}`
}

/** Draws one frame and repeats it: geq is far too slow to run for every frame of a still. */
function still(width, height, fps, geq) {
  return `color=s=${width}x${height}:r=${fps},trim=end_frame=1,${geq},loop=-1:1,setpts=N/${fps}/TB`
}

/** The same for moving pictures: `mix` is computed once per pixel, not once per channel. */
function blendMoving(from, to, mix) {
  const map = rgb(from).map((a, i) => `${'rgb'[i]}='${a}+${rgb(to)[i] - a}*val/255'`)
  return `format=gray,geq=lum='255*(${mix})',format=gbrp,lutrgb=${map.join(':')}`
}

function gradient(colours, seed) {
  const options = colours.map((colour, i) => `:c${i}=${colour}`).join('')
  return (clip) =>
    source('gradients', clip, `${options}:n=${colours.length}:seed=${seed}:speed=0.008`)
}

function balls(background, colours) {
  return (clip) => {
    const [w, h] = clip.size
    const steps = [`${source('color', clip, `:c=${background}`)}[b0]`]
    colours.forEach((colour, i) => {
      const d = Math.round((Math.min(w, h) * (0.5 - i * 0.07)) / 2) * 2
      const disc = `clip(${d / 2}-hypot(X-${d / 2}+0.5,Y-${d / 2}+0.5),0,1)`
      steps.push(
        `${still(d, d, clip.fps, blend(colour, colour, '0', disc))},format=yuva444p[d${i}]`,
      )
      const x = `(W-w)*(0.5+0.5*sin(t*${(0.5 + i * 0.17).toFixed(2)}+${i * 2}))`
      const y = `(H-h)*(0.5+0.5*cos(t*${(0.4 + i * 0.23).toFixed(2)}+${i}))`
      steps.push(`[b${i}][d${i}]overlay=x='${x}':y='${y}':shortest=1[b${i + 1}]`)
    })
    return `${steps.join(';')};[b${colours.length}]null`
  }
}

function sunset(top, horizon, sun, hills) {
  return (clip) => {
    const [w, h] = clip.size
    const d = Math.round(Math.min(w, h) * 0.15) * 2
    const disc = `clip(${d / 2}-hypot(X-${d / 2}+0.5,Y-${d / 2}+0.5),0,1)`
    const ridge = `${h}*(0.76+0.06*sin(X/${w}*7)+0.03*sin(X/${w}*17+1))`
    return [
      `${still(w, h, clip.fps, blend(top, horizon, `clip(Y/${h}*1.25,0,1)`))},trim=duration=${clip.seconds}[sky]`,
      `${still(d, d, clip.fps, blend(sun, sun, '0', disc))},format=yuva444p[sun]`,
      `${still(w, h, clip.fps, blend(hills, hills, '0', `clip(Y-${ridge},0,1)`))},format=yuva444p[hills]`,
      `[sky][sun]overlay=x='W*0.64':y='H*(0.12+0.75*t/${clip.seconds})':shortest=1[day]`,
      `[day][hills]overlay=shortest=1`,
    ].join(';')
  }
}

function slides(colours) {
  return (clip) => {
    const each = clip.seconds / colours.length
    const [w, h] = clip.size
    const parts = colours.map((colour, i) => {
      const bars = [0.5, 0.8, 0.65, 0.35].map((length, row) => {
        const part = ((length * 10 + i * 3 + row * 2) % 7) / 10 + 0.15
        return `drawbox=x=${Math.round(w * 0.56)}:y=${Math.round(h * (0.2 + row * 0.15))}:w=${Math.round(w * 0.38 * part)}:h=${Math.round(h * 0.08)}:c=white@0.55:t=fill`
      })
      return `${source('color', { ...clip, seconds: each }, `:c=${colour}`)},${bars.join(',')}[s${i}]`
    })
    return `${parts.join(';')};${colours.map((_, i) => `[s${i}]`).join('')}concat=n=${colours.length}`
  }
}

function pinwheel(first, second) {
  return (clip) =>
    source('color', clip) +
    ',' +
    blendMoving(first, second, 'clip(0.5+hypot(X-W/2,Y-H/2)/8*sin(8*atan2(Y-H/2,X-W/2)+T*1.2),0,1)')
}

function rings(first, second) {
  return (clip) =>
    source('color', clip) +
    ',' +
    blendMoving(first, second, 'clip(0.5+6*sin(hypot(X-W*0.7,Y-H*0.45)/16-T*1.5),0,1)')
}

function plasma(r, g, b) {
  // Drawn small and enlarged: the picture is smooth, so nothing is lost.
  const channel = (phase) => `'140+60*sin(X/22+T+${phase})+50*sin((X+2*Y)/30-T*0.7+${phase}*2)'`
  return (clip) =>
    source('color', clip, '', 4) +
    `,format=gbrp,geq=r=${channel(r)}:g=${channel(g)}:b=${channel(b)},scale=${clip.size.join(':')}:flags=bicubic`
}

function mandelbrot(startScale, hue) {
  return ({ size, fps, seconds }) =>
    `mandelbrot=s=${size.join('x')}:rate=${fps}:start_x=-0.743643887:start_y=-0.131825904:` +
    `start_scale=${startScale}:end_scale=0.12:end_pts=${fps * seconds},trim=duration=${seconds},gblur=0.8,hue=h=${hue}`
}

function life(seed, alive, mould, dead) {
  return ({ size: [w, h], fps, seconds }) =>
    `life=s=${w / 10}x${h / 10}:r=${fps}:seed=${seed}:ratio=0.25:mold=12:life_color=${alive}:mold_color=${mould}:death_color=${dead},` +
    `trim=duration=${seconds},scale=${w}:${h}:flags=neighbor`
}

function cells(rule, background, colour) {
  // cellauto draws in black and white: the mapping gives it the two colours.
  const map = rgb(background)
    .map((a, i) => `${'rgb'[i]}='if(gt(val,127),${rgb(colour)[i]},${a})'`)
    .join(':')
  return ({ size: [w, h], fps, seconds }) =>
    `cellauto=s=${w / 10}x${h / 10}:r=${fps}:rule=${rule}:seed=5:ratio=0.4:full=1,trim=duration=${seconds},` +
    `format=rgb24,lutrgb=${map},scale=${w}:${h}:flags=neighbor`
}

function testCard(name) {
  return (clip) => source(name, clip)
}

// ---- Captions and sound ----

// Without any of these fonts the clips are made without text.
const font = [
  '/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf',
  '/usr/share/fonts/dejavu-sans-fonts/DejaVuSans-Bold.ttf',
  '/usr/share/fonts/TTF/DejaVuSans-Bold.ttf',
  '/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf',
  '/System/Library/Fonts/Supplemental/Arial Bold.ttf',
].find((file) => existsSync(file))

function caption({ label, size: [w, h] }) {
  if (!font || !label) return ''
  const line = (text, fontSize, y) =>
    `,drawtext=fontfile='${font}':text='${text}':fontsize=${Math.round(fontSize)}:x=${Math.round(w * 0.06)}:y=${Math.round(y)}` +
    ':fontcolor=white:shadowcolor=black@0.45:shadowx=2:shadowy=2'
  const [large, small] = label
  const largeSize = Math.min(h * 0.3, w * 0.24, (w * 0.8) / (large.length * 0.7))
  return (
    line(large, largeSize, h * 0.62 - largeSize) + line(small, Math.min(h, w) * 0.075, h * 0.68)
  )
}

/** The whole picture: the look, its caption, and a bar that grows, to show that a clip plays. */
function picture(clip) {
  const [w, h] = clip.size
  const bar = Math.round(h / 60) * 2
  return [
    `${clip.look(clip)},format=yuv444p${caption(clip)}[main]`,
    `color=c=white:s=${w}x${bar}:r=${clip.fps}:d=${clip.seconds}[bar]`,
    `[main][bar]overlay=x='-W+W*t/${clip.seconds}':y=H-h:shortest=1,format=yuv420p[v]`,
  ].join(';')
}

function sound({ tone, seconds }) {
  const chord = tone.map((hz) => `sin(2*PI*${hz}*t)`).join('+')
  const swell = `(0.6+0.4*sin(2*PI*t/4))*min(1,min(t,${seconds}-t)*8)` // no click at either end
  return `aevalsrc='${(0.2 / tone.length).toFixed(3)}*(${chord})*${swell}':s=24000:d=${seconds}`
}

// ---- Encoding ----

// One thread each: with several, the output of some encoders differs from run to run.
const videoOptions = {
  h264: ['libx264', '-preset', 'slower', '-profile:v', 'high'],
  vp8: ['libvpx', '-b:v', '180k', '-deadline', 'good', '-cpu-used', '1'],
  vp9: ['libvpx-vp9', '-b:v', '0', '-deadline', 'good', '-cpu-used', '2', '-row-mt', '0'],
  av1: ['libaom-av1', '-b:v', '0', '-cpu-used', '5', '-row-mt', '0'],
}

function audioOptions(clip, container) {
  if (!clip.tone) return ['-an']
  if (container === 'mp4') return ['-c:a', 'aac', '-b:a', '16k']
  return clip.codec === 'vp8'
    ? ['-c:a', 'libvorbis', '-q:a', '0']
    : ['-c:a', 'libopus', '-b:a', '12k']
}

async function makeClip(clip, index) {
  const number = String(index + 1).padStart(2, '0')
  const container = path.extname(clip.filename).slice(1).toLowerCase()
  const file = `${number}.${container}`
  const thumbnail = `${number}.webp`
  const quiet = ['-nostdin', '-v', 'error', '-y']
  const exact = ['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:v', '+bitexact']

  await run('ffmpeg', [
    ...quiet,
    // The sound is a separate input: within the picture's graph, ffmpeg 5 passes
    // libopus frames of a length that it refuses.
    ...(clip.tone ? ['-f', 'lavfi', '-i', sound(clip)] : []),
    '-filter_complex_threads',
    '1',
    '-filter_complex',
    picture(clip),
    '-map',
    '[v]',
    ...(clip.tone ? ['-map', '0:a'] : []),
    '-c:v',
    ...videoOptions[clip.codec],
    '-crf',
    String(clip.quality),
    '-threads',
    '1',
    '-g',
    String(clip.fps * 10), // a key frame every ten seconds, so that seeking is quick
    ...audioOptions(clip, container),
    '-t',
    String(clip.seconds),
    ...exact,
    '-flags:a',
    '+bitexact',
    ...(container === 'mp4' ? ['-movflags', '+faststart'] : []),
    path.join(mediaDir, file),
  ])

  await run('ffmpeg', [
    ...quiet,
    '-ss',
    (clip.seconds * (clip.thumb ?? 0.4)).toFixed(3),
    '-i',
    path.join(mediaDir, file),
    '-frames:v',
    '1',
    '-vf',
    `scale=${thumbnailWidth}:-2:flags=lanczos`,
    '-c:v',
    'libwebp',
    '-quality',
    '72',
    '-compression_level',
    '6',
    '-threads',
    '1',
    ...exact,
    path.join(mediaDir, thumbnail),
  ])

  return describe(file, thumbnail, clip.filename, container)
}

/** Reads the file's actual properties. */
async function describe(file, thumbnail, filename, container) {
  const full = path.join(mediaDir, file)
  const { stdout } = await run('ffprobe', [
    '-v',
    'error',
    '-select_streams',
    'v:0',
    '-of',
    'json',
    '-show_entries',
    'stream=codec_name,width,height:format=duration',
    full,
  ])
  const {
    streams: [video],
    format,
  } = JSON.parse(stdout)
  return {
    file,
    thumbnail,
    filename,
    sizeBytes: (await stat(full)).size,
    durationSeconds: Number(Number(format.duration).toFixed(3)),
    width: video.width,
    height: video.height,
    codec: video.codec_name,
    mimeType: `video/${container}`,
  }
}

await runScript(async () => {
  readCommandLine({ usage })
  await makeDemoMedia()
})

async function makeDemoMedia() {
  for (const { filename } of clips) {
    if (filename.length > 255 || /[\p{Cc}/\\]/u.test(filename)) {
      throw new Error(`Unusable name: ${filename}`)
    }
  }
  await rm(mediaDir, { recursive: true, force: true })
  await mkdir(mediaDir, { recursive: true })
  const media = await makeClips()
  await writeFile(path.join(demoDir, 'media.json'), `${JSON.stringify(media, null, 2)}\n`)

  let total = 0
  for (const { file, thumbnail } of media) {
    for (const name of [file, thumbnail])
      total += (await readFile(path.join(mediaDir, name))).length
  }
  console.log(`${media.length} clips, ${total} bytes with thumbnails`)
  if (total > maxTotalBytes) {
    console.error(`More than ${maxTotalBytes} bytes. Lower the quality of the largest clips.`)
    process.exitCode = 1
  }
}

/** Makes several clips at a time, since each encoder has one thread. */
async function makeClips() {
  const media = new Array(clips.length)
  let next = 0
  await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      while (next < clips.length) {
        const index = next++
        media[index] = await makeClip(clips[index], index)
        const { file, sizeBytes } = media[index]
        console.log(`${file}  ${sizeBytes} bytes  ${clips[index].filename}`)
      }
    }),
  )
  return media
}
