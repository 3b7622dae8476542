import Glibc

/// A counting semaphore. `sem_t` may be used by any thread as long as it does not move.
package final class Semaphore: @unchecked Sendable {
    private let raw = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    package init() { sem_init(raw, 0, 0) }

    deinit {
        sem_destroy(raw)
        raw.deallocate()
    }

    package func signal() { sem_post(raw) }
    package func wait() { while sem_wait(raw) != 0 && errno == EINTR {} }
}
