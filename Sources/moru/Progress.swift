import Glibc
import Synchronization

/// How far a transfer is: a bar on a terminal, a plain line every ten seconds elsewhere; both on standard error.
final class Progress: Sendable {
    private let verb: String
    private let total: Int64
    private let isTerminal: Bool
    private let isQuiet: Bool
    private let state: Mutex<State>

    private struct State {
        let start: Double
        var shown: Double
        var done: Int64 = 0
        /// What was there before the transfer began, and says nothing of its speed.
        let before: Int64
    }

    /// A quiet one shows a bar on a terminal and no lines elsewhere.
    init(_ verb: String, total: Int64, before: Int64 = 0, isQuiet: Bool = false) {
        self.verb = verb
        self.total = total
        self.isQuiet = isQuiet
        isTerminal = isatty(STDERR_FILENO) == 1
        let now = Self.now
        state = Mutex(State(start: now, shown: now, before: before))
    }

    func update(_ done: Int64) {
        state.withLock { state in
            state.done = min(done, total)
            let now = Self.now
            guard now - state.shown >= (isTerminal ? 0.1 : 10) else { return }
            state.shown = now
            show(state, at: now)
        }
    }

    /// Clears the bar, so that the next line begins at the left.
    func finish() {
        if isTerminal { Output.write("\r\u{1B}[K", to: STDERR_FILENO) }
    }

    private func show(_ state: State, at now: Double) {
        let share = total > 0 ? Double(state.done) / Double(total) : 1
        let speed = Double(max(0, state.done - state.before)) / max(now - state.start, 0.001)
        let left = speed > 0 ? Int(min(Double(total - state.done) / speed, 359_999)) : 0
        let figures =
            "\(Int(share * 100)) % of \(ByteCount.text(total)), \(ByteCount.text(Int64(speed)))/s, "
            + "\(Self.clock(left)) left"
        if isTerminal {
            let full = Int(share * 24)
            let bar = String(repeating: "█", count: full) + String(repeating: "░", count: 24 - full)
            Output.write("\r\u{1B}[K\(verb) \(bar) \(figures)", to: STDERR_FILENO)
        } else if !isQuiet {
            Output.note("\(verb) \(figures)")
        }
    }

    private static func clock(_ seconds: Int) -> String {
        let pad = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        return seconds < 3600
            ? "\(seconds / 60):\(pad(seconds % 60))"
            : "\(seconds / 3600):\(pad(seconds / 60 % 60)):\(pad(seconds % 60))"
    }

    private static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// Numbers of things for people.
enum Count {
    static func text(_ number: Int, _ thing: String) -> String { "\(number) \(thing)\(number == 1 ? "" : "s")" }
}

/// Sizes for people.
enum ByteCount {
    /// Three figures at least, in powers of 1,000: `12.3 MB`.
    static func text(_ bytes: Int64) -> String {
        var (value, unit) = (Double(bytes), 0)
        let units = ["B", "kB", "MB", "GB", "TB", "PB"]
        while value >= 999.95, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        if unit == 0 { return "\(bytes) B" }
        let tenths = Int((value * 10).rounded())
        return tenths >= 1000 ? "\(tenths / 10) \(units[unit])" : "\(tenths / 10).\(tenths % 10) \(units[unit])"
    }
}
