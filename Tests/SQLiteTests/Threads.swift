import Foundation
import Synchronization

/// Runs `body` on a thread of its own and waits for it.
@discardableResult
func onAnotherThread<T: Sendable>(_ body: @escaping @Sendable () throws -> T) -> Result<T, any Error> {
    let result = Mutex<Result<T, any Error>?>(nil)
    let done = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
        let value = Result { try body() }
        result.withLock { $0 = value }
        done.signal()
    }
    done.wait()
    return result.withLock { $0 } ?? .failure(CancellationError())
}
