import HTTPServer
import Registry
import Services
import Storage

/// Turns the parts of a form into a ``PublishRequest``, in the order in which they arrive.
///
/// Files go to the store while they arrive; texts are kept. `variant` begins a variant: the `context`, `artifact` and
/// `archive` parts after it belong to it, and `upload` parts: an artifact whose bytes came by a resumable upload, with the id of it
/// in their place. Nothing is visible until the request is published; what ``cancel()`` leaves
/// are blobs that nothing names, which collection removes.
final class PublishForm: MultipartDelegate {
    static let maximumReadme = 1 << 20
    private static let maximumText = 64 << 10

    private let model: ModelName
    private let publishing: PublishService
    private let caller: Caller
    private var part: Part?

    private var fields: [String: String] = [:]
    private var versionContext: [ContextTag] = []
    private var variants: [VariantRequest] = []
    /// The variant that parts now belong to; nil before the first.
    private var current: Int?
    private var readme: Blob?
    private var remove: [ArtifactPath] = []
    private var aliases: [AliasName] = []
    private var expected: Digest?
    /// What wrote the blobs so far, which keeps them from collection.
    private var uploads: [any BlobWriter] = []
    private var taken: [TakenUpload] = []

    private enum Part {
        case text(name: String, bytes: [UInt8])
        case readme(any BlobWriter)
        case artifact(any BlobWriter, ArtifactPath)
        case archive(SpoolFile)
        case upload(ArtifactPath, id: [UInt8])
    }

    init(model: ModelName, publishing: PublishService, caller: Caller) {
        self.model = model
        self.caller = caller
        self.publishing = publishing
    }

    /// The texts that may be sent once.
    private static let once: Set<String> = [
        "version", "notes", "draft", "from", "title", "summary", "service_type", "visibility", "license",
    ]
    private static let repeatable: Set<String> = ["context", "variant", "sha256", "remove", "alias"]

    func partBegan(_ head: MultipartPart) throws {
        let name = head.name
        switch name {
        case "artifact":
            guard let filename = head.filename, !filename.isEmpty else {
                throw RegistryError.invalid(
                    "artifact", "is a file: its filename is the artifact's path", ko: "파일이어야 하며 파일 이름이 경로가 됩니다")
            }
            // Most forms hold one file and end with it. In others a wrong guess costs a hash of the first file.
            let isFirst = variants.allSatisfy(\.artifacts.isEmpty)
            let writer = try publishing.beginBlob(expectedSize: isFirst ? head.sizeIfLast : nil)
            part = .artifact(writer, try ArtifactPath(filename))
        case "readme":
            guard readme == nil else { throw Self.twice("readme") }
            part = .readme(try publishing.beginBlob())
        case "upload":
            guard let filename = head.filename, !filename.isEmpty else {
                throw RegistryError.invalid(
                    "upload", "its filename is the artifact's path", ko: "파일 이름이 경로가 됩니다")
            }
            part = .upload(try ArtifactPath(filename), id: [])
        case "archive":
            part = .archive(try publishing.beginSpool())
        case _ where Self.once.contains(name):
            guard fields[name] == nil else { throw Self.twice(name) }
            part = .text(name: name, bytes: [])
        case _ where Self.repeatable.contains(name):
            part = .text(name: name, bytes: [])
        default:
            throw RegistryError.invalid(Self.shown(name), "is not known here", ko: "알 수 없는 항목입니다")
        }
    }

    func partReceived(_ bytes: UnsafeRawBufferPointer) throws {
        switch part {
        case .text(let name, var text):
            guard text.count + bytes.count <= Self.maximumText else {
                throw RegistryError.invalid(name, "is too long", ko: "너무 깁니다")
            }
            part = nil
            text.append(contentsOf: bytes)
            part = .text(name: name, bytes: text)
        case .readme(let writer):
            guard writer.size + Int64(bytes.count) <= Self.maximumReadme else {
                throw RegistryError.invalid("readme", "at most 1 MiB", ko: "1 MiB까지입니다")
            }
            try writer.write(bytes)
        case .artifact(let writer, _): try writer.write(bytes)
        case .archive(let spool): try spool.write(bytes)
        case .upload(let path, let id):
            guard id.count + bytes.count <= 64 else {
                throw RegistryError.invalid("upload", "is too long", ko: "너무 깁니다")
            }
            part = .upload(path, id: id + bytes)
        case nil: break
        }
    }

    func partEnded() throws {
        guard let ended = part else { return }
        part = nil
        switch ended {
        case .text(let name, let bytes):
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw RegistryError(.formInvalid, "the part “\(name)” is not UTF-8", ko: "“\(name)” 항목이 UTF-8이 아닙니다")
            }
            try take(name, text)
        case .readme(let writer):
            readme = try writer.finish(expecting: takeExpected())
            uploads.append(writer)
        case .artifact(let writer, let path):
            let blob = try writer.finish(expecting: takeExpected())
            uploads.append(writer)
            add([(path, blob)])
        case .archive(let spool):
            let unpacked = try publishing.unpack(spool, expecting: takeExpected())
            uploads += unpacked.uploads
            add(unpacked.artifacts)
        case .upload(let path, let id):
            try add(path, from: UploadID(String(decoding: id, as: UTF8.self)))
        }
    }

    private func add(_ path: ArtifactPath, from id: UploadID?) throws {
        do {
            let (blob, upload) = try publishing.take(
                id, as: path, of: model, fields["version"].map { try VersionNumber($0) }, expecting: takeExpected(),
                by: caller)
            if let upload { taken.append(upload) }
            add([(path, blob)])
        } catch let error as RegistryError {
            throw error.ofUpload("upload")
        }
    }

    /// Drops a part in progress and what it wrote; the blobs before it are left to collection.
    func cancel() {
        (uploads, taken) = ([], [])
        switch part {
        case .readme(let writer), .artifact(let writer, _): writer.cancel()
        case .archive, .text, .upload, nil: break
        }
        part = nil
    }

    /// The request, when the last part has ended.
    func finish() throws -> PublishRequest {
        guard expected == nil else {
            throw RegistryError.invalid("sha256", "stands before the artifact it is of", ko: "해당 파일 앞에 써야 합니다")
        }
        return PublishRequest(
            model: model, description: try description(), version: try fields["version"].map { try VersionNumber($0) },
            notes: fields["notes"] ?? "", readme: readme, context: versionContext, variants: variants,
            from: try fields["from"].map { try VersionNumber($0) }, remove: remove, isDraft: try isDraft(),
            aliases: aliases, uploads: uploads, taken: taken)
    }

    private func take(_ name: String, _ text: String) throws {
        switch name {
        case "context":
            let tag = try ContextTag(text)
            if let current { variants[current].context.append(tag) } else { versionContext.append(tag) }
        case "variant":
            let variant = try VariantName(text)
            current = variants.firstIndex { $0.name == variant } ?? addVariant(variant)
        case "sha256": expected = try Digest(text.hasPrefix("sha256:") ? text : "sha256:\(text)")
        case "remove": remove.append(try ArtifactPath(text))
        case "alias": aliases.append(try AliasName(text))
        default: fields[name] = text
        }
    }

    private func add(_ artifacts: [(ArtifactPath, Blob)]) {
        let position = current ?? variants.firstIndex { $0.name == .default } ?? addVariant(.default)
        variants[position].artifacts += artifacts.map { ArtifactRequest(path: $0.0, blob: $0.1) }
    }

    private func addVariant(_ name: VariantName) -> Int {
        variants.append(VariantRequest(name: name, context: [], artifacts: []))
        return variants.count - 1
    }

    private func takeExpected() -> Digest? {
        defer { expected = nil }
        return expected
    }

    /// What the form says of a model that does not exist yet; nil when it says nothing.
    private func description() throws -> ModelDescription? {
        let names = ["title", "summary", "service_type", "visibility", "license"]
        guard names.contains(where: { fields[$0] != nil }) else { return nil }
        var visibility = Visibility.public
        if let text = fields["visibility"] {
            guard let known = Visibility(rawValue: text) else {
                throw RegistryError.invalid("visibility", "public or private", ko: "public 또는 private입니다")
            }
            visibility = known
        }
        return try ModelDescription(
            title: fields["title"] ?? model.name, summary: fields["summary"] ?? "",
            serviceType: fields["service_type"] ?? "other", visibility: visibility, license: fields["license"] ?? "")
    }

    private func isDraft() throws -> Bool {
        switch fields["draft"] {
        case nil, "false": return false
        case "true": return true
        default: throw RegistryError.invalid("draft", "true or false", ko: "true 또는 false입니다")
        }
    }

    private static func twice(_ name: String) -> RegistryError {
        .invalid(name, "may be sent once", ko: "한 번만 보낼 수 있습니다")
    }

    /// A name as an error may show it.
    private static func shown(_ name: String) -> String {
        String(name.unicodeScalars.prefix(40).filter { !$0.isInvisible }.map(Character.init))
    }
}
