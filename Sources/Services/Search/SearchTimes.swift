/// How long the parts of a search took.
package struct SearchTimes: Sendable {
    /// Reading the query and planning it.
    package var planning = Duration.zero
    /// Matching, ranking and counting.
    package var finding = Duration.zero

    /// Adds what `body` takes.
    static func measure<T>(_ time: inout Duration, _ body: () throws -> T) rethrows -> T {
        let clock = ContinuousClock()
        let start = clock.now
        defer { time += start.duration(to: clock.now) }
        return try body()
    }
}
