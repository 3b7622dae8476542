import Encoding
import Glibc
import Registry
public import SQLite
public import Storage
import Synchronization

/// Checks a repository, stopped or beside its running server: the database in itself, each manifest and event, every
/// blob by its SHA-256, and whether database and blobs name the same.
///
/// It works in pieces of at most some tens of megabytes, each on whichever thread asks for it, and locks nothing while
/// it reads. What is published or collected meanwhile is no finding: where database and blobs differ it looks again at
/// the end, with collection held off.
public final class RepositoryCheck: Sendable {
    private struct State {
        let database: Database?
        var pending: [CheckFinding] = []
        var databaseCheck: DatabaseCheck?
        var blobCheck: BlobCheck
        /// How many suspects were looked at again.
        var settled = 0
        var totals = CheckTotals()
        var isEnded = false
    }

    private let directory: DataDirectory
    private let startedAt: Int64
    private let state: Mutex<State>

    /// - Parameters:
    ///   - directory: what to check.
    ///   - database: the one of a server in this process; nil: the one of the directory is opened.
    ///   - now: Unix seconds.
    public init(_ directory: DataDirectory, database: Database? = nil, now: Int64) {
        self.directory = directory
        startedAt = now
        var finding: CheckFinding?
        var opened = database
        if opened == nil {
            do {
                opened = try Database(path: directory.databasePath)
            } catch {
                finding = CheckFinding(.databaseDamaged, "SQLite cannot open it: \(error.message)")
            }
        }
        state = Mutex(
            State(
                database: opened, pending: finding.map { [$0] } ?? [],
                databaseCheck: opened == nil ? nil : DatabaseCheck(),
                blobCheck: BlobCheck(blobsPath: directory.blobsPath)))
    }

    /// Does a piece of the work and says what came of it, at least how far it is; nil after the summary.
    public func next() -> [CheckReport]? {
        state.withLock { state in
            guard !state.isEnded else { return nil }
            let findings = state.pending + work(&state)
            state.pending = []
            state.totals.faults += Int64(findings.count { $0.problem.isFault })
            state.totals.notes += Int64(findings.count { !$0.problem.isFault })
            let reports = findings.map { CheckReport.finding(named($0, by: state.database)) }
            return reports + [state.isEnded ? .summary(state.totals) : .progress(state.totals)]
        }
    }

    private func work(_ state: inout State) -> [CheckFinding] {
        if var check = state.databaseCheck, let database = state.database {
            let findings = check.step(database)
            (state.totals.versions, state.totals.events) = (check.versions, check.events)
            state.databaseCheck = check.isEnded ? nil : check
            if check.isEnded, let totals = try? database.read({ db in try BlobIndexStore.totals(in: db) }) {
                (state.totals.expectedBlobs, state.totals.expectedBytes) = totals
            }
            return findings + (check.isEnded ? UploadCheck.findings(in: directory, database) : [])
        }
        if !state.blobCheck.isEnded {
            let findings = state.blobCheck.step(state.database)
            (state.totals.blobs, state.totals.bytes) = (state.blobCheck.blobs, state.blobCheck.bytes)
            return findings
        }
        let suspects = state.blobCheck.suspects[state.settled...].prefix(500)
        state.settled += suspects.count
        state.isEnded = state.settled == state.blobCheck.suspects.count
        guard !suspects.isEmpty else { return [] }
        do {
            // A round of collection removes rows and files; between two of them both agree.
            let lock = try CollectionLock.shared(directory)
            return try withExtendedLifetime(lock) { try suspects.compactMap { try settle($0, state.database) } }
        } catch {
            return [CheckFinding(.databaseDamaged, "what differs could not be looked at again: \(error)")]
        }
    }

    /// What a suspect turns out to be; nil when publication or collection explains it.
    private func settle(_ suspect: BlobCheck.Suspect, _ database: Database?) throws -> CheckFinding? {
        let path = "\(directory.blobsPath)/\(suspect.digest.hex.prefix(2))/\(suspect.digest.hex)"
        let status = try FileSystem.status(of: path)
        let isNamed = try database?.read { db in try BlobIndexStore.contains(suspect.digest, in: db) } ?? false
        if isNamed, status == nil {
            return CheckFinding(.blobLost, digest: suspect.digest, "the database names it and it is not there")
        }
        // A younger one may belong to a publication under way.
        guard !isNamed, let status, Int64(status.st_mtim.tv_sec) < startedAt else { return nil }
        let time = Timestamp.rfc3339(Int64(status.st_mtim.tv_sec))
        return CheckFinding(
            .blobStray, digest: suspect.digest, "nothing names it; \(status.st_size) bytes, stored at \(time)")
    }

    /// The finding with the versions that use its blob.
    private func named(_ finding: CheckFinding, by database: Database?) -> CheckFinding {
        guard finding.subject == nil, finding.problem.isFault, let digest = finding.digest,
            let users = try? database?.read({ db in try BlobIndexStore.users(of: digest, in: db) }), !users.isEmpty
        else { return finding }
        let text = users.prefix(3).joined(separator: ", ") + (users.count > 3 ? "…" : "")
        return CheckFinding(finding.problem, digest: digest, subject: text, finding.detail)
    }
}
