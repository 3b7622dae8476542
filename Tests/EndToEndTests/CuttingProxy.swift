import Glibc
import Synchronization

/// Stands between a client and a server, counts what both send, and cuts or damages it.
final class CuttingProxy: Sendable {
    let port: UInt16
    private let target: UInt16
    private let listener: CInt
    private let state: Mutex<State>

    private struct State {
        /// What the server has sent so far, over all connections.
        var passed = 0
        /// Where in it connections are cut, one after the other.
        var cuts: [Int]
        /// What the clients have sent so far, and where in it connections are cut.
        var sent = 0
        var sendCuts: [Int]
        /// Where in what the server sends one byte is changed.
        var damage: Int?
        /// Sleep between two pieces, in microseconds.
        var delay: UInt32
    }

    var url: String { "http://127.0.0.1:\(port)" }
    /// Bytes that the server sent through the proxy.
    var passed: Int { state.withLock { $0.passed } }

    /// Bytes that clients sent through the proxy.
    var sent: Int { state.withLock { $0.sent } }

    init(to target: UInt16, cuts: [Int] = [], sendCuts: [Int] = [], damage: Int? = nil, delay: UInt32 = 0) throws {
        self.target = target
        state = Mutex(State(cuts: cuts, sendCuts: sendCuts, damage: damage, delay: delay))
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard let port = Self.bind(listener) else { throw CuttingProxyError.noPort }
        self.port = port
        var thread = pthread_t()
        pthread_create(&thread, nil, cuttingProxyAccepts, Unmanaged.passRetained(self).toOpaque())
        pthread_detach(thread)
    }

    /// Refuses connections from now on.
    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    private static func bind(_ listener: CInt) -> UInt16? {
        var address = local(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.bind(listener, $0, length) == 0 && listen(listener, 64) == 0
                    && getsockname(listener, $0, &length) == 0
            }
        }
        return isBound ? UInt16(bigEndian: address.sin_port) : nil
    }

    private static func local(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return address
    }

    fileprivate func acceptAll() {
        while true {
            let client = accept(listener, nil, nil)
            guard client >= 0 else { break }
            let pair = Pair(proxy: self, client: client)
            var thread = pthread_t()
            pthread_create(&thread, nil, cuttingProxyRelays, Unmanaged.passRetained(pair).toOpaque())
            pthread_detach(thread)
        }
        close(listener)
    }

    fileprivate final class Pair {
        let proxy: CuttingProxy
        let client: CInt

        init(proxy: CuttingProxy, client: CInt) {
            (self.proxy, self.client) = (proxy, client)
        }
    }

    fileprivate func relay(_ client: CInt) {
        let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = Self.local(target)
        let isConnected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        defer {
            close(client)
            close(server)
        }
        guard isConnected else { return }
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            var waiting = [
                pollfd(fd: client, events: Int16(POLLIN), revents: 0),
                pollfd(fd: server, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&waiting, 2, 30_000) > 0 else { return }
            if waiting[0].revents != 0 {
                let count = recv(client, &buffer, buffer.count, 0)
                guard count > 0 else { return }
                let (allowed, isCut) = passOn(count)
                guard Self.send(server, buffer[..<allowed]), !isCut else { return }
            }
            if waiting[1].revents != 0 {
                let count = recv(server, &buffer, buffer.count, 0)
                guard count > 0 else { return }
                let (allowed, isCut) = pass(&buffer, count)
                guard Self.send(client, buffer[..<allowed]), !isCut else { return }
            }
        }
    }

    /// How many of the next `count` bytes of a client go through.
    private func passOn(_ count: Int) -> (Int, isCut: Bool) {
        let (allowed, isCut, delay) = state.withLock { state in
            guard let cut = state.sendCuts.first, state.sent + count > cut else {
                state.sent += count
                return (count, false, state.delay)
            }
            let allowed = max(0, cut - state.sent)
            state.sent += allowed
            state.sendCuts.removeFirst()
            return (allowed, true, state.delay)
        }
        if delay > 0 { usleep(delay) }
        return (allowed, isCut)
    }

    /// How many of the next `count` bytes go through.
    private func pass(_ buffer: inout [UInt8], _ count: Int) -> (Int, isCut: Bool) {
        let (allowed, isCut, delay) = state.withLock { state in
            if let damage = state.damage, (state.passed..<state.passed + count).contains(damage) {
                buffer[damage - state.passed] ^= 1
            }
            if let cut = state.cuts.first, state.passed + count > cut {
                let allowed = max(0, cut - state.passed)
                state.passed += allowed
                state.cuts.removeFirst()
                return (allowed, true, state.delay)
            }
            state.passed += count
            return (count, false, state.delay)
        }
        if delay > 0 { usleep(delay) }
        return (allowed, isCut)
    }

    private static func send(_ socket: CInt, _ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}

enum CuttingProxyError: Error { case noPort }

private func cuttingProxyAccepts(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    context.map { Unmanaged<CuttingProxy>.fromOpaque($0).takeRetainedValue() }?.acceptAll()
    return nil
}

private func cuttingProxyRelays(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let pair = context.map({ Unmanaged<CuttingProxy.Pair>.fromOpaque($0).takeRetainedValue() }) else {
        return nil
    }
    pair.proxy.relay(pair.client)
    return nil
}
