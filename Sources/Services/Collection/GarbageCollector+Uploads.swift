import Registry
import SQLite
import Storage

extension GarbageCollector {
    /// Removes resumable uploads that have expired, and files of uploads that are no more.
    ///
    /// The row goes first, and only if nothing has been written since; a file without a row belongs to nobody, as rows
    /// come before their files.
    func removeUploads(_ report: inout CollectionReport, while goesOn: () -> Bool) throws {
        let uploads = UploadFiles(directory, files)
        let before = transactions.clock.now - ResumableUpload.lifetime
        if report.isDryRun {
            for (id, _) in try transactions.read({ db in try UploadStore.old(before: before, in: db) }) {
                report.note(uploadOf: try uploads.size(of: id) ?? 0)
            }
            return
        }
        while goesOn() {
            let old = try transactions.read { db in try UploadStore.old(before: before, in: db) }
            guard !old.isEmpty else { break }
            var gone: [UploadID] = []
            try inBatches(old) { upload, db in
                if try UploadStore.delete(upload.id, before: before, in: db) { gone.append(upload.id) }
            }
            for id in gone {
                report.note(uploadOf: try uploads.size(of: id) ?? 0)
                try uploads.remove(id)
            }
        }
        for id in try uploads.ids() where goesOn() {
            guard try transactions.read({ db in try UploadStore.upload(id, in: db) }) == nil else { continue }
            let size = try uploads.size(of: id)
            try uploads.remove(id)
            // One that was published a moment ago has removed its file itself.
            if let size { report.note(uploadOf: size) }
        }
    }
}

extension CollectionReport {
    fileprivate mutating func note(uploadOf bytes: Int64) {
        uploads += 1
        uploadBytes += bytes
    }
}
