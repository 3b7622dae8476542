import JSON
import Registry
import Search
import Services
import Storage

extension JSONWriter {
    /// Two versions and what differs: `a` is the first, `b` the second.
    mutating func members(of comparison: VersionComparison, labels: ContextVocabulary) {
        member("model", comparison.first.model.description)
        object("a") { $0.members(of: comparison.first, artifacts: false, labels: labels) }
        object("b") { $0.members(of: comparison.second, artifacts: false, labels: labels) }
        member("size_difference", comparison.second.size - comparison.first.size)
        member("readme", comparison.readme.rawValue)
        array("context") { json in
            for row in comparison.context { json.object { $0.members(of: row, labels: labels) } }
        }
        array("artifacts") { json in
            for row in comparison.artifacts {
                json.object { json in
                    json.member("path", row.path.description)
                    json.member("change", row.change.rawValue)
                    json.member("a", side: row.first)
                    json.member("b", side: row.second)
                    json.member("size_difference", row.sizeDifference)
                }
            }
        }
    }

    private mutating func members(of row: VersionComparison.ContextRow, labels: ContextVocabulary) {
        let key = labels.key(row.key)
        member("variant", row.variant?.description)
        member("key", row.key)
        member("label", label: key?.label)
        member("place", row.place)
        member("place_label", label: key.flatMap { key in row.place.map { labels.placeLabel($0, of: key) } })
        member("change", row.change.rawValue)
        member("a", context: row.first, labels: labels)
        member("b", context: row.second, labels: labels)
        member("difference", row.difference)
    }

    private mutating func member(_ key: StaticString, side: VersionComparison.ArtifactRow.Side?) {
        self.key(key)
        guard let side else { return null() }
        object { json in
            json.member("size", side.artifact.size)
            json.member("digest", side.artifact.digest.description)
            json.member("media_type", side.artifact.mediaType)
            json.member("variants", side.variants.map(\.description))
        }
    }
}
