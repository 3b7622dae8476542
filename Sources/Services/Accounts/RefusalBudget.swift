import Synchronization

/// How many refused attempts to sign in are recorded, so that nobody fills the record: within an hour 20 of a network
/// and 200 in all. In memory.
package final class RefusalBudget: Sendable {
    package enum Room: Sendable {
        case more
        /// Those that follow within the hour are not recorded.
        case last
    }

    private static let perNetwork = 20
    private static let inAll = 200
    private static let window: Int64 = 3600

    private struct Hour {
        var beganAt: Int64
        var count = 0
        var networks: [ClientNetwork: Int] = [:]
    }

    private let hour = Mutex<Hour?>(nil)

    package init() {}

    /// nil when this one is not to be recorded.
    package func take(_ address: String, at now: Int64) -> Room? {
        let network = ClientNetwork(address)
        return hour.withLock { hour in
            var current = hour ?? Hour(beganAt: now)
            if now < current.beganAt || now - current.beganAt >= Self.window { current = Hour(beganAt: now) }
            let own = current.networks[network, default: 0]
            guard current.count < Self.inAll, own < Self.perNetwork else { return nil }
            current.count += 1
            current.networks[network] = own + 1
            hour = current
            return current.count == Self.inAll || own + 1 == Self.perNetwork ? .last : .more
        }
    }
}
