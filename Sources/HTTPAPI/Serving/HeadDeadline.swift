internal import NIOCore
internal import NIOHTTPTypes

/// Closes a connection whose request's head does not come in time, and one that sends far more than a body may have: a
/// client that sends a byte now and then holds no place for long.
final class HeadDeadline: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart

  private let time: TimeAmount
  private let bodyLimit: Int
  private var deadline: Scheduled<Void>?
  private var received = 0

  init(seconds: Double, bodyLimit: Int) {
    time = .milliseconds(Int64(seconds * 1_000))
    self.bodyLimit = bodyLimit
  }

  func handlerAdded(context: ChannelHandlerContext) { start(context) }

  func channelInactive(context: ChannelHandlerContext) {
    deadline?.cancel()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { deadline?.cancel() }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head:
      deadline?.cancel()
      deadline = nil
      received = 0
    case .body(let part):
      received += part.readableBytes
      if received > bodyLimit * 4 + (1 << 20) {
        context.close(promise: nil)
        return
      }
    case .end: break
    }
    context.fireChannelRead(data)
  }

  private func start(_ context: ChannelHandlerContext) {
    let channel = context.channel
    deadline = context.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
  }
}
