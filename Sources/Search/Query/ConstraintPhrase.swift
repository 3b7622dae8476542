/// Reads what follows the subject of a constraint, if it has one: a comparison and a number in either order.
struct ConstraintPhrase {
    /// What the number is about.
    struct Subject {
        var key: String
        var at: String?
    }

    /// What else may belong to it: a unit apart from its number, and a word behind it that says what it is about.
    struct More: OptionSet {
        let rawValue: Int
        static let unit = More(rawValue: 1)
        static let subject = More(rawValue: 2)

        /// In the order in which they are tried.
        static let all: [More] = [[.unit, .subject], .unit, []]
    }

    struct Found {
        let clause: QueryClause
        let end: Int
        /// Whether a sign compares: `<`.
        let isSign: Bool
    }

    private struct Quantity {
        var number: Double
        var unit: String
        var end: Int
        /// Whether the unit is a run of its own.
        var isApart: Bool
    }

    let atoms: [QueryAtom]
    let keys: QueryKeys
    let subject: Subject?
    let more: More

    /// What stands at a place; `isClause` when its first run is a clause already, which a unit apart may complete.
    func read(at place: Int, isClause: Bool) -> Found? {
        guard place < atoms.count else { return nil }
        if atoms[place].kind == .sign, let sign = ConstraintWords.sign(atoms[place].text) {
            guard let quantity = quantity(at: place + 1) else { return nil }
            if isClause {
                guard quantity.isApart, NumberDimension.key(ofUnit: quantity.unit) != nil else { return nil }
            }
            return found(quantity, isSign: true) { _ in sign }
        }
        if isClause { return nil }
        if let (order, next) = ConstraintWords.before(atoms, place), let quantity = quantity(at: next) {
            return found(quantity, order.sign)
        }
        if atoms[place].text == "between", let lower = quantity(at: place + 1), lower.end < atoms.count,
            atoms[lower.end].text == "and", let upper = quantity(at: lower.end + 1)
        {
            return found(lower, upper)
        }
        guard let quantity = quantity(at: place), quantity.end < atoms.count else { return nil }
        if atoms[quantity.end].text == "~", let upper = self.quantity(at: quantity.end + 1) {
            return found(quantity, upper)
        }
        return behind(quantity)
    }

    /// "5MB 이하", "5 MB or less", "512MB 메모리 이하".
    private func behind(_ quantity: Quantity) -> Found? {
        let (named, place) = about(quantity.end)
        guard let (order, end) = ConstraintWords.behind(atoms, place) else { return nil }
        return clause(quantity, named) { order.sign($0) }.map { Found(clause: $0, end: end, isSign: false) }
    }

    private func found(
        _ quantity: Quantity, isSign: Bool = false, _ sign: (NumberDimension) -> Comparison.Sign?
    ) -> Found? {
        let (named, end) = about(quantity.end)
        return clause(quantity, named, sign).map { Found(clause: $0, end: end, isSign: isSign) }
    }

    private func found(_ lower: Quantity, _ upper: Quantity) -> Found? {
        let (named, end) = about(upper.end)
        guard let (key, high) = number(upper, named) else { return nil }
        let dimension = NumberDimension(key: key)
        let unit = lower.unit.isEmpty ? upper.unit : lower.unit
        guard let low = NumberUnit.value(lower.number, unit: unit, dimension: dimension) else { return nil }
        let column = subject?.at.map { "\(key)@\($0)" } ?? key
        let range = NumberRange(column: column, lower: min(low, high), upper: max(low, high))
        return Found(clause: QueryClause(key: key, at: subject?.at, test: .number(range)), end: end, isSign: false)
    }

    private func clause(
        _ quantity: Quantity, _ named: String?, _ sign: (NumberDimension) -> Comparison.Sign?
    ) -> QueryClause? {
        guard let (key, value) = number(quantity, named), let sign = sign(NumberDimension(key: key)) else { return nil }
        let column = subject?.at.map { "\(key)@\($0)" } ?? key
        return QueryClause(key: key, at: subject?.at, test: .number(sign.range(of: value, column: column)))
    }

    /// What a number is about, and its value in the canonical unit; nil when either is in doubt.
    private func number(_ quantity: Quantity, _ named: String?) -> (String, Double)? {
        guard let key = subject?.key ?? named ?? NumberDimension.key(ofUnit: quantity.unit) else { return nil }
        let dimension = NumberDimension(key: key)
        if quantity.unit.isEmpty, dimension == .bytes { return nil }
        if QueryKeys.isMeasure(key), !["", "%"].contains(quantity.unit) { return nil }
        return NumberUnit.value(quantity.number, unit: quantity.unit, dimension: dimension).map { (key, $0) }
    }

    /// What the words behind a number say that it is about: "512 MB of memory".
    private func about(_ place: Int) -> (String?, Int) {
        guard more.contains(.subject), subject == nil else { return (nil, place) }
        let word = place < atoms.count && atoms[place].text == "of" ? place + 1 : place
        guard word < atoms.count, atoms[word].kind == .word, let key = keys.numberKey(named: atoms[word].text) else {
            return (nil, place)
        }
        return (key, word + 1)
    }

    private func quantity(at place: Int) -> Quantity? {
        guard place < atoms.count, atoms[place].kind == .number,
            let number = NumberUnit.number(atoms[place].text.utf8)
        else { return nil }
        let bare = Quantity(number: number, unit: "", end: place + 1, isApart: false)
        guard place + 1 < atoms.count, atoms[place + 1].kind == .word else { return bare }
        let (unit, isApart) = (atoms[place + 1].text, atoms[place + 1].startsRun)
        guard ConstraintWords.isUnit(unit), !isApart || more.contains(.unit) && unit.unicodeScalars.count > 1 else {
            return bare
        }
        return Quantity(number: number, unit: unit, end: place + 2, isApart: isApart)
    }
}
