import Registry
import Synchronization

/// Lets a few requests at a time do work that takes room or a whole thread, and refuses the next.
final class Turns: Sendable {
    private let limit: Int
    private let taken = Mutex(0)

    init(limit: Int) { self.limit = limit }

    /// - Throws: `store-busy` while as many as may are at it.
    func take() throws(RegistryError) -> Turn {
        let isFree = taken.withLock { taken in
            guard taken < limit else { return false }
            taken += 1
            return true
        }
        guard isFree else {
            throw RegistryError(
                .storeBusy, "as many as may run at once are under way; try again when one has ended",
                ko: "동시에 할 수 있는 만큼 이미 진행 중입니다. 하나가 끝난 뒤 다시 시도하세요")
        }
        return Turn(self)
    }

    fileprivate func giveBack() { taken.withLock { $0 -= 1 } }
}

/// One of ``Turns``, until ``end()`` or the last reference is gone.
final class Turn: Sendable {
    private let turns: Mutex<Turns?>

    fileprivate init(_ turns: Turns) { self.turns = Mutex(turns) }

    deinit { end() }

    func end() {
        let turns = turns.withLock { turns in
            defer { turns = nil }
            return turns
        }
        turns?.giveBack()
    }
}
