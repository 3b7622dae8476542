public import Registry

extension ContextVocabulary {
    /// A context key: `object`, `task`.
    public struct Key: Sendable, Hashable {
        /// What its values are.
        public enum Kind: String, Sendable, CaseIterable {
            case keyword, number
            case versionRange = "version range"
        }

        /// What its numbers count.
        public enum Unit: String, Sendable, CaseIterable {
            case bytes, count, fps, hz, mj, ms, ops, px, ratio
        }

        /// What a number is told of, behind the `@` of `latency_ms@rpi5`.
        public enum Place: String, Sendable, CaseIterable { case board, dataset }

        /// How a key counts what another counts: `mparams` is `params` in millions.
        public struct Scale: Sendable, Hashable {
            /// The other key.
            public let key: String
            /// How many of the other make one.
            public let factor: Double

            public init(of key: String, factor: Double) { (self.key, self.factor) = (key, factor) }
        }

        /// As in ``ContextTag/key``.
        public let key: String
        public let label: Label
        /// One line on what it says.
        public let description: Label
        public let kind: Kind
        /// Of a number; nil also for numbers without one.
        public let unit: Unit?
        /// Whether a variant may have several values.
        public let isMultiple: Bool
        /// Of a number that means something only on a board or a data set.
        public let needsPlace: Place?
        /// Whether its values are codes (`ko`, `kr`), which nobody means who types the same letters.
        public let hasCodes: Bool
        /// The key that says the same and has the entries, such as `lang` of `language`.
        public let sameAs: String?
        /// Of a number that another key has too, only larger or smaller.
        public let scale: Scale?

        public init(
            key: String, label: Label, description: Label, kind: Kind = .keyword, unit: Unit? = nil,
            isMultiple: Bool = false, needsPlace: Place? = nil, hasCodes: Bool = false, sameAs: String? = nil,
            scale: Scale? = nil
        ) {
            (self.key, self.label, self.description) = (key, label, description)
            (self.kind, self.unit, self.isMultiple, self.needsPlace) = (kind, unit, isMultiple, needsPlace)
            (self.hasCodes, self.sameAs, self.scale) = (hasCodes, sameAs, scale)
        }
    }
}
