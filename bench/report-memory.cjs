// Loaded into a measured server: answers each message by its memory in bytes, without garbage.
process.on('message', () => {
  for (let pass = 0; pass < 3; pass++) gc()
  process.send(process.memoryUsage().rss)
})
// The server ends when it would without this.
process.channel.unref()
