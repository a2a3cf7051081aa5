const mediaExtension =
  /\.(?:3g2|3gp|asf|avi|divx|f4v|flv|m2ts?|m2v|m4v|mkv|mov|mp4|mpe?g|mts|mxf|ogv|qt|rm|rmvb|ts|vob|webm|wmv|aac|flac|m4a|mp3|ogg|opus|wav|wma)$/i

/**
 * Returns the length of a filename without its extension. Only extensions of media files count:
 * `Lecture 3. Light` and `Version 2.10` have none.
 */
export function getStemLength(filename: string): number {
  const extension = mediaExtension.exec(filename)
  return extension && extension.index > 0 ? extension.index : filename.length
}
