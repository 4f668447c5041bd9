internal import Foundation
internal import MarketStore
internal import Synchronization

/// The workspace's database, opened once for a process that answers many questions.
///
/// The last connection that closes writes the journal back and so changes the file: opened anew for every question, a question would change
/// what it reads, and nothing that was made from the file could be kept. A store that was put in the file's place is opened instead.
final class OpenStore: Sendable {
  private struct Opened {
    let store: MarketStore
    let device: dev_t
    let number: ino_t
  }

  private let opened = Mutex<Opened?>(nil)

  func store(at path: String) throws(StoreProblem) -> MarketStore {
    let result: Result<MarketStore, StoreProblem> = opened.withLock { opened in
      var facts = stat()
      let exists = stat(path, &facts) == 0
      if exists, let known = opened, known.store.path == path, known.device == facts.st_dev,
        known.number == facts.st_ino
      {
        return .success(known.store)
      }
      do throws(StoreProblem) {
        let store = try MarketStore(path: path)
        opened = stat(path, &facts) == 0 ? Opened(store: store, device: facts.st_dev, number: facts.st_ino) : nil
        return .success(store)
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }
}
