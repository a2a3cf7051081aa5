const oldest = [20, 19]
const [major, minor] = process.versions.node.split('.').map(Number)

if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
  console.error(
    `Lectern needs Node ${oldest.join('.')} or newer, and this is ${process.versions.node}: install it from https://nodejs.org, then run this again.`,
  )
  process.exit(1)
}
