import JSON
import Registry
import Search
import Services
import Storage

extension JSONWriter {
    /// The members of a model that lists show.
    mutating func members(of summary: ModelSummary, labels: ContextVocabulary) {
        let model = summary.model
        member("name", model.name.description)
        member("title", model.title)
        member("summary", model.summary)
        member("visibility", model.visibility.rawValue)
        member("license", model.license)
        array("service_types") { json in
            for type in summary.serviceTypes {
                json.object { json in
                    json.member("id", type.id)
                    json.member("label", label: type.label)
                }
            }
        }
        member("context", context: summary.context, labels: labels)
        member("formats", summary.formats)
        member("size", summary.size)
        key("latest")
        if let latest = summary.latest {
            object { json in
                json.member("version", latest.number.description)
                json.member("published_at", time: latest.publishedAt)
            }
        } else {
            null()
        }
        array("downloads") { json in for count in summary.downloads { json.integer(count) } }
        member("updated_at", time: model.updatedAt)
    }

    /// A model as its own page shows it. `permissions` are told to callers with credentials only.
    mutating func members(of detail: ModelDetail, permissions: Bool, labels: ContextVocabulary) {
        let model = detail.summary.model
        members(of: detail.summary, labels: labels)
        member("namespace", model.name.namespace)
        member("service_type", model.serviceType)
        member("own_context", context: detail.ownContext, labels: labels)
        member("created_by", model.createdBy)
        member("created_at", time: model.createdAt)
        array("aliases") { json in for alias in detail.aliases { json.object { $0.members(of: alias) } } }
        guard permissions else { return }
        object("permissions") { json in
            json.member("publish", detail.permissions.publish)
            json.member("edit", detail.permissions.edit)
            json.member("delete", detail.permissions.delete)
            json.member("alias", detail.permissions.alias)
        }
    }

    /// A model with what goes along on its page.
    mutating func members(of page: ModelPage, permissions: Bool, labels: ContextVocabulary) {
        members(of: page.model, permissions: permissions, labels: labels)
        if page.extras.contains(.version) {
            member("version_count", page.versionCount)
            key("version")
            if let version = page.version {
                object { $0.members(of: version, artifacts: true, labels: labels) }
            } else {
                null()
            }
        }
        if page.extras.contains(.readme) {
            key("readme")
            if let readme = page.readme { raw(readme) } else { null() }
        }
    }

    mutating func members(of alias: Alias) {
        member("alias", alias.name.rawValue)
        member("version", alias.version.description)
        member("updated_at", time: alias.updatedAt)
    }

    mutating func members(of change: AliasStore.Change) {
        member("version", change.version?.description)
        member("changed_at", time: change.changedAt)
        member("changed_by", change.changedBy)
    }

    mutating func member(_ key: StaticString, context tags: [ContextTag], labels: ContextVocabulary) {
        array(key) { json in
            for tag in tags {
                json.object { json in
                    json.member("key", tag.key)
                    json.member("value", tag.value)
                    json.member("label", label: labels.label(of: tag))
                }
            }
        }
    }

    mutating func member(_ key: StaticString, counts: [(number: VersionNumber, count: Int)]) {
        array(key) { json in
            for version in counts {
                json.object { json in
                    json.member("version", version.number.description)
                    json.member("count", version.count)
                }
            }
        }
    }

    mutating func members(of type: ServiceType, count: Int) {
        member("id", type.id)
        member("label", label: type.label)
        member("description", type.description)
        member("count", count)
    }
}
