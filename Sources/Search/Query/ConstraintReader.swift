/// Finds constraints in plain words – "under 5 MB", "30fps 이상", "between 10 and 20 ms", "size < 5 MB" – among the runs
/// of a list.
///
/// A number becomes a constraint only with a word or sign that compares, and a unit or a word that says what it is about.
struct ConstraintReader {
    private let atoms: [QueryAtom]
    private let keys: QueryKeys
    /// Runs that are clauses already.
    private let clauses: Set<Int>

    static func read(_ elements: [QueryReader.Element], keys: QueryKeys, scalars: QueryScalars) -> [QueryReader.Element]
    {
        var result: [QueryReader.Element] = []
        var index = 0
        while index < elements.count {
            var runs: [QueryRun] = []
            while index + runs.count < elements.count, case .run(let run) = elements[index + runs.count] {
                runs.append(run)
            }
            if runs.isEmpty {
                result.append(elements[index])
                index += 1
            } else {
                result += read(runs, keys: keys, scalars: scalars)
                index += runs.count
            }
        }
        return result
    }

    private static func read(_ runs: [QueryRun], keys: QueryKeys, scalars: QueryScalars) -> [QueryReader.Element] {
        let atoms = runs.indices.flatMap { QueryAtom.atoms(of: runs[$0].range, in: scalars, run: $0) }
        guard atoms.contains(where: { $0.kind == .number }) else { return runs.map { .run($0) } }
        let reader = ConstraintReader(
            atoms: atoms, keys: keys, clauses: Set(runs.indices.filter { runs[$0].clause != nil }))
        var result: [QueryReader.Element] = []
        var place = 0
        while place < atoms.count {
            let run = atoms[place].run
            var end = place
            if let (clause, after) = reader.constraint(at: place) {
                end = after
                let range = runs[run].range.lowerBound..<runs[atoms[end - 1].run].range.upperBound
                result.append(.item(QueryItem(.clause(clause), text: scalars.typed(range), range: range)))
            } else {
                while end < atoms.count, atoms[end].run == run { end += 1 }
                result.append(.run(runs[run]))
            }
            place = end
        }
        return result
    }

    /// The constraint whose first atom stands at a place, and the place behind it.
    private func constraint(at place: Int) -> (QueryClause, Int)? {
        let first = atoms[place].run
        func accepted(_ found: ConstraintPhrase.Found?) -> (QueryClause, Int)? {
            guard let found, let end = runEnd(found.end) else { return nil }
            let last = atoms[end - 1].run
            guard !clauses.contains(first) || last > first && found.isSign else { return nil }
            guard last == first || !(first + 1...last).contains(where: clauses.contains) else { return nil }
            return (found.clause, end)
        }
        for subject in subjects(at: place) {
            for more in ConstraintPhrase.More.all {
                let phrase = ConstraintPhrase(atoms: atoms, keys: keys, subject: subject.key, more: more)
                if let result = accepted(phrase.read(at: subject.end, isClause: clauses.contains(first))) {
                    return result
                }
            }
        }
        return nil
    }

    /// What the words at a place say that the number is about, the longest first; last nothing.
    private func subjects(at place: Int) -> [(key: ConstraintPhrase.Subject?, end: Int)] {
        var subjects: [(key: ConstraintPhrase.Subject?, end: Int)] = []
        guard atoms[place].kind == .word else { return [(nil, place)] }
        let word = atoms[place].text
        if place + 1 < atoms.count, atoms[place + 1].kind == .word,
            let key = ConstraintWords.withoutParticle(word + atoms[place + 1].text, keys.numberKey)
        {
            subjects.append((.init(key: key), ConstraintWords.filler(atoms, place + 2)))
        }
        if let key = ConstraintWords.withoutParticle(word, keys.numberKey) {
            subjects.append((.init(key: key), ConstraintWords.filler(atoms, place + 1)))
        } else if place + 1 < atoms.count, atoms[place + 1].kind == .sign {
            let parts = word.split(separator: "@", maxSplits: 1).map(String.init)
            if let key = keys.key(named: parts[0]) {
                subjects.append((.init(key: key, at: parts.count > 1 ? parts[1] : nil), place + 1))
            }
        }
        return subjects + [(nil, place)]
    }

    /// The place of the next run, if only punctuation stands before it.
    private func runEnd(_ place: Int) -> Int? {
        var end = place
        while end < atoms.count, !atoms[end].startsRun {
            guard atoms[end].kind == .punctuation else { return nil }
            end += 1
        }
        return end
    }
}
