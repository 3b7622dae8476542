import Registry
import SQLite
import Storage

/// Looks whether the unfinished uploads have the bytes that their rows say are there.
enum UploadCheck {
    static func findings(in directory: DataDirectory, _ database: Database) -> [CheckFinding] {
        do {
            let files = UploadFiles(directory, DirectoryBlobStore(directory))
            // Files first: each comes after its row.
            let ids = try files.ids()
            guard try database.read({ db in try CheckStore.schema(in: db) }) >= Schema.withUploads else { return [] }
            let rows = try database.read { db in try UploadStore.all(in: db) }
            let known = Set(rows.map(\.id))
            var findings: [CheckFinding] = []
            for (id, received) in rows where received > 0 {
                // It may have been published or deleted since.
                guard try files.size(of: id) ?? 0 < received,
                    try database.read({ db in try UploadStore.upload(id, in: db) }) != nil
                else { continue }
                findings.append(
                    CheckFinding(.uploadLost, subject: "upload \(id)", "not all of its \(received) bytes are there"))
            }
            for id in ids where !known.contains(id) {
                guard let size = try files.size(of: id) else { continue }
                findings.append(
                    CheckFinding(.uploadStray, subject: "upload \(id)", "its upload is no more; \(size) bytes"))
            }
            return findings
        } catch {
            return [CheckFinding(.databaseDamaged, subject: "uploads", "they could not be looked at: \(error)")]
        }
    }
}
