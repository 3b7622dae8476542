import JSON
import Registry
import Search
import Services

extension JSONWriter {
    mutating func members(of value: FacetValue) {
        member("value", value.value)
        member("count", value.count)
        member("label", label: value.label)
    }

    mutating func members(of hit: SearchHit, labels: ContextVocabulary) {
        members(of: hit.summary, labels: labels)
        guard let why = hit.why else { return }
        object("why") { json in
            json.member("terms", why.terms)
            json.member("tags", why.tags)
            json.array("paths") { json in
                for path in why.paths { json.array { json in path.forEach { json.string($0) } } }
            }
            json.array("words") { json in
                for word in why.words {
                    json.object { json in
                        json.member("term", word.term)
                        json.member("word", word.word)
                    }
                }
            }
            if let variant = why.variant {
                json.object("variant") { json in
                    json.member("name", variant.name)
                    json.member("size", variant.size)
                    json.member("precision", variant.precision)
                }
            }
        }
    }

    /// What an answer says besides its models.
    mutating func members(of result: SearchResult) {
        if let facets = result.facets {
            if !facets.isEmpty {
                object("facets") { json in
                    for (key, values) in facets.sorted(by: { $0.key < $1.key }) {
                        json.key(key)
                        json.array { json in for value in values { json.object { $0.members(of: value) } } }
                    }
                }
            }
        } else {
            member("facets_ready", false)
        }
        member("corrected", result.corrected)
        if let understanding = result.understanding { members(of: understanding) }
        if let without = result.without { object("without") { $0.members(of: without) } }
    }

    private mutating func members(of without: FoundWithout) {
        array("items") { json in
            for item in without.items {
                json.object { json in
                    json.member("start", item.range.lowerBound)
                    json.member("end", item.range.upperBound)
                    json.member("count", item.count)
                }
            }
        }
        array("filters") { json in
            for one in without.filters {
                json.object { json in
                    json.member("key", one.filter.key)
                    json.member("count", one.count)
                }
            }
        }
        member("q", without.text)
        member("all_filters", without.allFilters)
    }

    /// The first page.
    mutating func members(of home: Home, labels: ContextVocabulary) {
        array("sections") { json in
            for section in home.sections {
                json.object { json in
                    json.object("service_type") { $0.members(of: section.serviceType, count: section.count) }
                    json.array("items") { json in
                        for item in section.items { json.object { $0.members(of: item, labels: labels) } }
                    }
                }
            }
        }
        members(of: home.serviceTypes)
        object("activity") { json in
            json.member("days", Home.Activity.days)
            json.member("downloads", home.activity.downloads)
            json.member("versions", home.activity.versions)
            json.member("more", home.activity.isMore)
        }
        member("total", home.total)
    }

    /// Nothing where none is wanted.
    mutating func member(menu: Menu?) {
        guard let menu else { return }
        object("menu") { json in
            json.members(of: menu.serviceTypes)
            json.member("total", menu.total)
        }
    }

    private mutating func members(of types: [CountedServiceType]) {
        array("service_types") { json in
            for counted in types { json.object { $0.members(of: counted.type, count: counted.count) } }
        }
    }

    private mutating func members(of understanding: SearchResult.Understanding) {
        object("understood") { json in
            json.member("relaxed", understanding.isRelaxed)
            json.member("meeting_all", understanding.meetingAll)
            json.array("items") { json in
                for item in understanding.items { json.object { $0.members(of: item) } }
            }
        }
        array("associations") { json in
            for (association, label) in understanding.associations {
                json.object { json in
                    json.member("from", association.from)
                    json.member("tag", association.tag.text)
                    json.member("label", label: label)
                    json.member("strength", association.strength)
                    json.member("support", association.support)
                    json.member("path", association.path)
                }
            }
        }
        array("also") { json in
            for (neighbour, label) in understanding.also {
                json.object { json in
                    json.member("tag", neighbour.tag.text)
                    json.member("label", label: label)
                    json.member("count", neighbour.support)
                    json.member("strength", neighbour.strength)
                }
            }
        }
    }

    private mutating func members(of item: UnderstoodItem) {
        member("text", item.text)
        member("start", item.range.lowerBound)
        member("end", item.range.upperBound)
        member("kind", item.kind.rawValue)
        member("negated", item.isNegated)
        array("means") { json in
            for meaning in item.meanings {
                json.object { json in
                    json.member("tag", meaning.tag)
                    json.member("label", label: meaning.label)
                }
            }
        }
        member("problem", label: item.problem)
    }

    mutating func members(of suggestion: SearchSuggestion) {
        member("kind", suggestion.kind.rawValue)
        member("value", suggestion.value)
        member("label", label: suggestion.label)
        member("count", suggestion.count)
    }

    mutating func members(of key: ContextKeyDescription) {
        member("key", key.key)
        member("kind", key.kind)
        member("unit", key.unit)
        member("multiple", key.isMultiple)
        member("label", label: key.label)
        member("description", label: key.description)
        member("named", key.isNamed)
    }
}

extension KnownTag {
    /// `key:value`, the value as it is compared.
    fileprivate var text: String { "\(key):\(folded)" }
}
