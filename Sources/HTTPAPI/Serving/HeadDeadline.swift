internal import NIOCore
internal import NIOHTTPTypes

/// Closes a connection whose request's head does not come in time, and one that sends far more than a body may have: a
/// client that sends a byte now and then holds no place for long.
final class HeadDeadline: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let time: TimeAmount
  /// For the head of a further request on the same connection, from the end of the answer before it.
  private let laterTime: TimeAmount
  private let bodyLimit: Int
  private var deadline: Scheduled<Void>?
  private var received = 0

  init(seconds: Double, idleSeconds: Int, bodyLimit: Int) {
    time = .milliseconds(Int64(seconds * 1_000))
    laterTime = time + .seconds(Int64(idleSeconds))
    self.bodyLimit = bodyLimit
  }

  func handlerAdded(context: ChannelHandlerContext) { start(context, time) }

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

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .end = unwrapOutboundIn(data) { start(context, laterTime) }
    context.write(data, promise: promise)
  }

  private func start(_ context: ChannelHandlerContext, _ time: TimeAmount) {
    deadline?.cancel()
    let channel = context.channel
    deadline = context.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
  }
}
