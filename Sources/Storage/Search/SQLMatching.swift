import SQLite
import Search

/// The models that a plan matches, set by set, and what each is worth.
struct SQLMatching {
    private let plan: SearchPlan
    private let visible: ModelSet
    private let units: [SQLUnit]
    private let condition: ModelSet
    private let filters: [(filter: PlanFilter, models: ModelSet)]
    private let named: ModelSet
    /// The models that meet all wanted units, and those that have something to do with one.
    private let meeting, touching: ModelSet
    let meetingAll: Int
    let isRelaxed: Bool

    init(_ request: SearchRequest, visible: ModelSet, in db: borrowing Connection) throws {
        plan = request.plan
        self.visible = visible
        var units: [SQLUnit] = []
        for unit in plan.units { units.append(try SQLUnit(unit, visible: visible, in: db)) }
        self.units = units
        condition = try Self.models(plan.condition, units, visible, in: db)
        var filters: [(filter: PlanFilter, models: ModelSet)] = []
        for filter in plan.filters {
            filters.append((filter, try Self.models(filter.condition, units, visible, in: db)))
        }
        self.filters = filters
        named = ModelSet(plan.named.map(Int.init))
        var (meeting, touching) = (visible, ModelSet())
        for unit in plan.wanted {
            meeting.formIntersection(units[unit].met)
            touching.formUnion(units[unit].touched)
        }
        (self.meeting, self.touching) = (meeting, touching)
        var met = meeting
        met.formIntersection(condition)
        for (filter, models) in filters where !filter.isChosen { met.formIntersection(models) }
        let beforeChosen = met.count
        for (filter, models) in filters where filter.isChosen { met.formIntersection(models) }
        meetingAll = met.count
        isRelaxed = request.isRelaxed(meetingAll: meetingAll, beforeChosen: beforeChosen)
    }

    /// The models that match, without the filters of a key.
    func models(leavingOut key: String?) -> ModelSet {
        var models = isRelaxed ? touching : meeting
        models.formUnion(named)
        models.formIntersection(visible)
        models.formIntersection(condition)
        for (filter, allowed) in filters where filter.key != key { models.formIntersection(allowed) }
        return models
    }

    func place(of model: Int, popularity: Int) -> SearchPlace {
        var sum = 0
        for unit in units { sum += ((unit.words[model] ?? 0) + (unit.tags[model] ?? 0)) * unit.rarity }
        let met = plan.wanted.count { units[$0].met.contains(model) }
        var value = sum * (10 * met + 3) / (10 * plan.wanted.count + 3) * 64 + popularity
        if met == plan.wanted.count { value += 1 << 48 }
        if named.contains(model) { value += 1 << 49 }
        return SearchPlace(value: Int64(value), model: Int64(model))
    }

    func hit(_ place: SearchPlace) -> SearchFound.Hit {
        var (met, touched): (UInt64, UInt64) = (0, 0)
        for (bit, unit) in units.enumerated() {
            if unit.met.contains(Int(place.model)) { met |= 1 << UInt64(bit) }
            if unit.touched.contains(Int(place.model)) { touched |= 1 << UInt64(bit) }
        }
        return SearchFound.Hit(place: place, met: met, touched: touched)
    }

    private static func models(
        _ condition: PlanCondition, _ units: [SQLUnit], _ visible: ModelSet, in db: borrowing Connection
    ) throws -> ModelSet {
        var models = ModelSet()
        switch condition {
        case .everything: models = visible
        case .nothing: break
        case .tags(let tags): models = try SQLSearch.set(tags, in: db)
        case .has(let key): models = try SQLSearch.models(withKey: key, in: db)
        case .number(let range): models = try self.models(range, visible, in: db)
        case .unit(let unit): models = units[unit].met
        case .not(let condition):
            models = visible
            models.subtract(try self.models(condition, units, visible, in: db))
        case .all(let conditions):
            models = visible
            for condition in conditions {
                models.formIntersection(try self.models(condition, units, visible, in: db))
            }
        case .any(let conditions):
            for condition in conditions { models.formUnion(try self.models(condition, units, visible, in: db)) }
        }
        models.formIntersection(visible)
        return models
    }

    private static func models(
        _ range: NumberRange, _ visible: ModelSet, in db: borrowing Connection
    ) throws -> ModelSet {
        var (inside, missing) = (ModelSet(), visible)
        try db.forEach(SQLSearchSQL.numbers, ["$column": .text(range.column)]) { row in
            missing.remove(row.int("model_id"))
            if range.contains(row.real("value")) { inside.insert(row.int("model_id")) }
            return true
        }
        if range.allowsMissing { inside.formUnion(missing) }
        return inside
    }
}

/// The models that a unit finds.
struct SQLUnit {
    let rarity: Int
    /// The models that meet it, by a strong alternative; and those that any alternative finds.
    private(set) var met = ModelSet()
    private(set) var touched = ModelSet()
    /// What the best alternative by words, and the best by tags, is worth: by row id of the model.
    private(set) var words: [Int: Int] = [:]
    private(set) var tags: [Int: Int] = [:]

    init(_ unit: PlanUnit, visible: ModelSet, in db: borrowing Connection) throws {
        rarity = unit.rarity
        for alternative in unit.alternatives {
            var found = ModelSet()
            switch alternative.match {
            case .tags(let ids):
                found = try SQLSearch.set(ids, in: db)
                found.formIntersection(visible)
                found.forEach { tags[$0] = max(tags[$0] ?? 0, alternative.weight) }
            case .terms(let terms):
                for (model, level) in try Self.levels(ofAll: terms, in: db) where visible.contains(model) {
                    found.insert(model)
                    note(level, alternative.weight, model)
                }
            case .prefix(let prefix):
                guard prefix.isEmpty || prefix.hasPrefix("w") else { continue }
                let start = prefix.isEmpty ? "w" : prefix
                for (model, level) in try Self.levels(start, isPrefix: true, in: db) where visible.contains(model) {
                    found.insert(model)
                    note(level, alternative.weight, model)
                }
            }
            touched.formUnion(found)
            if alternative.isStrong { met.formUnion(found) }
        }
    }

    private mutating func note(_ level: Int, _ weight: Int, _ model: Int) {
        words[model] = max(words[model] ?? 0, Int(SearchLevel.strengths[level]) * weight / 255)
    }

    /// The models that hold all terms, with the level of the weakest.
    private static func levels(ofAll terms: [String], in db: borrowing Connection) throws -> [Int: Int] {
        guard let first = terms.first else { return [:] }
        var levels = try levels(first, isPrefix: false, in: db)
        for term in terms.dropFirst() {
            let others = try self.levels(term, isPrefix: false, in: db)
            levels = levels.reduce(into: [:]) { common, entry in
                if let other = others[entry.key] { common[entry.key] = min(entry.value, other) }
            }
        }
        return levels
    }

    /// The models that hold a term, or one that begins so, with its strongest level.
    private static func levels(
        _ term: String, isPrefix: Bool, in db: borrowing Connection
    ) throws -> [Int: Int] {
        var levels: [Int: Int] = [:]
        for level in 1...SearchLevel.maximum {
            let match = SQLTerm.quoted(term, level: level) + (isPrefix ? " *" : "")
            try db.forEachInteger(SQLSearchSQL.match, ["$match": .text(match)]) { levels[Int($0)] = level }
        }
        return levels
    }
}

/// Terms as FTS5 reads them in an expression (https://sqlite.org/fts5.html, section 3).
enum SQLTerm {
    static func quoted(_ term: String) -> String { #""\#(term)""# }

    static func quoted(_ term: String, level: Int) -> String { quoted(SearchWords.letter(of: level) + term) }

    /// A term at any level.
    static func anyLevel(_ term: String) -> String {
        "(" + (1...SearchLevel.maximum).map { quoted(term, level: $0) }.joined(separator: " OR ") + ")"
    }
}
