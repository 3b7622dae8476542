import HTTPServer
import JSON
import Registry
import Services
import Storage

/// A version described in JSON: made from an older one's artifacts, without sending them again.
enum PublishDocument {
    static func read(_ bytes: [UInt8], model: ModelName, publishing: PublishService) throws -> PublishRequest {
        var form = try JSONForm(bytes: bytes)
        let from = form.required("from") { try VersionNumber($0 as String) }
        let version = form.optional("version") { try VersionNumber($0 as String) }
        let remove = form.optional("remove") { (paths: [String]) in try paths.map { try ArtifactPath($0) } }
        let notes: String? = form.optional("notes")
        let readme: String? = form.optional("readme")
        let context = form.optional("context") { (texts: [String]) in try texts.map { try ContextTag($0) } }
        let isDraft: Bool? = form.optional("draft")
        let aliases = form.optional("alias") { (names: [String]) in try names.map { try AliasName($0) } }
        if let readme, readme.utf8.count > PublishForm.maximumReadme {
            form.report("readme", "at most 1 MiB", ko: "1 MiB까지입니다")
        }
        try form.finish()
        let stored = try readme.map { try store($0, publishing) }
        return PublishRequest(
            model: model, description: nil, version: version, notes: notes ?? "", readme: stored?.blob,
            context: context ?? [], variants: [], from: from,
            remove: remove ?? [], isDraft: isDraft ?? false, aliases: aliases ?? [],
            uploads: stored.map { [$0.writer] } ?? [])
    }

    private static func store(
        _ text: String, _ publishing: PublishService
    ) throws -> (blob: Blob, writer: any BlobWriter) {
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
