// Preloaded into a measured server: responds to each message with its memory in bytes, after
// collecting garbage.
process.on('message', () => {
  for (let pass = 0; pass < 3; pass++) gc()
  process.send(process.memoryUsage().rss)
})
// The bench has ended without stopping the server.
process.on('disconnect', () => process.exit())
// The channel must not keep the server running.
process.channel.unref()
