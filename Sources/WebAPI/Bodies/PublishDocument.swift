import HTTPServer
import JSON
import Registry
import Services
import Storage

/// A version described in JSON: from resumable uploads that are whole, and from an older version's artifacts, without
/// sending them again.
struct PublishDocument {
    let model: ModelName
    let publishing: PublishService
    let caller: Caller

    private struct ArtifactInput {
        let path: ArtifactPath
        let variant: VariantName
        let upload: UploadID?
        let digest: Digest?
    }

    private struct VariantInput {
        let name: VariantName
        let context: [ContextTag]
    }

    func read(_ bytes: [UInt8]) throws -> PublishRequest {
        var form = try JSONForm(bytes: bytes)
        let artifacts = try form.objects("artifacts", Self.artifact) ?? []
        let variants = try form.objects("variants", Self.variant) ?? []
        let from = form.optional("from") { try VersionNumber($0 as String) }
        if artifacts.isEmpty, !form.has("from") {
            form.report("artifacts", "or from is required", ko: "또는 from이 필요합니다")
        }
        let version = form.optional("version") { try VersionNumber($0 as String) }
        let remove = form.optional("remove") { (paths: [String]) in try paths.map { try ArtifactPath($0) } }
        let notes: String? = form.optional("notes")
        let readme: String? = form.optional("readme")
        let context = form.optional("context") { (texts: [String]) in try texts.map { try ContextTag($0) } }
        let isDraft: Bool? = form.optional("draft")
        let aliases = form.optional("alias") { (names: [String]) in try names.map { try AliasName($0) } }
        let description = try ModelDescription.reading(&form, for: model)
        if let readme, readme.utf8.count > PublishForm.maximumReadme {
            form.report("readme", "at most 1 MiB", ko: "1 MiB까지입니다")
        }
        for variant in variants where !artifacts.contains(where: { $0.variant == variant.name }) && from == nil {
            form.report("variants", "no artifact is of “\(variant.name)”", ko: "“\(variant.name)”의 파일이 없습니다")
        }
        try form.finish()
        let taken = try take(artifacts, of: version)
        let stored = try readme.map { try store($0) }
        return PublishRequest(
            model: model, description: description, version: version, notes: notes ?? "", readme: stored?.blob,
            context: context ?? [], variants: Self.requests(artifacts, taken.map(\.blob), variants), from: from,
            remove: remove ?? [], isDraft: isDraft ?? false, aliases: aliases ?? [],
            uploads: stored.map { [$0.writer] } ?? [], taken: taken.compactMap(\.upload))
    }

    private static func artifact(_ form: inout JSONForm) throws -> ArtifactInput? {
        let path = form.required("path") { try ArtifactPath($0 as String) }
        let variant = form.optional("variant") { try VariantName($0 as String) }
        let upload: String? = form.required("upload")
        let digest = form.optional("sha256") { (text: String) in
            try Digest(text.hasPrefix("sha256:") ? text : "sha256:\(text)")
        }
        guard let path, let upload else { return nil }
        return ArtifactInput(path: path, variant: variant ?? .default, upload: UploadID(upload), digest: digest)
    }

    private static func variant(_ form: inout JSONForm) throws -> VariantInput? {
        let name = form.required("name") { try VariantName($0 as String) }
        let context = form.optional("context") { (texts: [String]) in try texts.map { try ContextTag($0) } }
        return name.map { VariantInput(name: $0, context: context ?? []) }
    }

    /// The blobs of the uploads, one for each of `artifacts`.
    private func take(
        _ artifacts: [ArtifactInput], of version: VersionNumber?
    ) throws -> [(blob: Blob, upload: TakenUpload?)] {
        try artifacts.enumerated().map { index, artifact in
            do {
                return try publishing.take(
                    artifact.upload, as: artifact.path, of: model, version, expecting: artifact.digest, by: caller)
            } catch let error as RegistryError {
                throw error.ofUpload("artifacts[\(index)].upload")
            }
        }
    }

    /// Variants in the order in which they are first named.
    private static func requests(
        _ artifacts: [ArtifactInput], _ blobs: [Blob], _ variants: [VariantInput]
    ) -> [VariantRequest] {
        var requests = variants.map { VariantRequest(name: $0.name, context: $0.context, artifacts: []) }
        for (artifact, blob) in zip(artifacts, blobs) {
            let request = ArtifactRequest(path: artifact.path, blob: blob)
            if let index = requests.firstIndex(where: { $0.name == artifact.variant }) {
                requests[index].artifacts.append(request)
            } else {
                requests.append(VariantRequest(name: artifact.variant, context: [], artifacts: [request]))
            }
        }
        return requests
    }

    private func store(_ text: String) throws -> (blob: Blob, writer: any BlobWriter) {
        let writer = try publishing.beginBlob()
        do {
            var text = text
            try text.withUTF8 { try writer.write(UnsafeRawBufferPointer($0)) }
            return (try writer.finish(), writer)
        } catch {
            writer.cancel()
            throw error
        }
    }
}

extension RegistryError {
    /// What is wrong with an upload, as a problem of the place that names it.
    func ofUpload(_ field: String) -> RegistryError {
        switch code {
        case .uploadUnknown: return .invalid(field, message.en, ko: message.ko)
        case .validationFailed:
            let message = fields.first?.message ?? message
            return .invalid(field, message.en, ko: message.ko)
        default: return self
        }
    }
}

extension ModelDescription {
    /// What a version's JSON says of a model that does not exist yet; nil when it says nothing.
    fileprivate static func reading(_ form: inout JSONForm, for model: ModelName) throws -> ModelDescription? {
        let isThere = ["title", "summary", "service_type", "visibility", "license"].contains { form.has($0) }
        let title: String? = form.optional("title")
        let summary: String? = form.optional("summary")
        let serviceType: String? = form.optional("service_type")
        let license: String? = form.optional("license")
        let visibility = form.optional("visibility") { (text: String) in
            guard let known = Visibility(rawValue: text) else {
                throw RegistryError.invalid("visibility", "public or private", ko: "public 또는 private입니다")
            }
            return known
        }
        guard isThere else { return nil }
        return try ModelDescription(
            title: title ?? model.name, summary: summary ?? "", serviceType: serviceType ?? "other",
            visibility: visibility ?? .public, license: license ?? "")
    }
}
