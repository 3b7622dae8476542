import HTTPServer
import JSON
import Registry
import RegistryClient
import Services
import Storage

/// The exit codes that scripts rely on.
enum ExitStatus: Int32 {
    case failed = 1
    case usage = 2
    case notFound = 3
    case notAllowed = 4
    case digestMismatch = 5
    case unreachable = 6
}

/// Why a command ends without having done its work: a line for people, a code for scripts.
struct Failure: Error {
    let status: ExitStatus
    let message: String

    init(_ status: ExitStatus, _ message: String) {
        (self.status, self.message) = (status, message)
    }

    /// The failure that `error` is; nil for errors that the argument parser words.
    init?(_ error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let error as ClientError: self.init(error)
        case let error as RegistryError: self.init(.usage, error.message.en)
        case let error as BackupError: self.init(error.kind == .damaged ? .digestMismatch : .failed, "\(error)")
        case let error as DataDirectoryError: self.init(.failed, "\(error)")
        case let error as ServerError: self.init(.failed, "\(error)")
        default: return nil
        }
    }

    private init(_ error: ClientError) {
        switch error {
        case .problem(let problem): self.init(problem)
        case .unreachable(let server, _):
            self.init(
                .unreachable,
                "\(error); check that it runs, or name another server with --server or MORU_SERVER"
                    + (server.contains("127.0.0.1:8080") ? " ('moru serve' starts one here)" : ""))
        case .digestMismatch:
            self.init(.digestMismatch, "\(error); nothing was changed – try again, then tell its owner")
        case .invalidServer: self.init(.usage, "\(error)")
        case .unexpectedAnswer: self.init(.failed, "\(error); is this the address of a Moru server?")
        case .file: self.init(.failed, "\(error)")
        }
    }

    private init(_ problem: ClientError.Problem) {
        switch problem.status {
        case 401 where problem.code == "credentials-invalid":
            self.init(.notAllowed, "\(problem)")
        case 401:
            self.init(.notAllowed, "\(problem); sign in with 'moru login URL --user NAME'")
        case 403 where problem.code == "link-invalid":
            self.init(.notAllowed, "\(problem); ask for a new one")
        case 403:
            self.init(.notAllowed, "\(problem); 'moru token list' shows what your token may do")
        case 404 where problem.code == "model-unknown":
            self.init(.notFound, "\(problem); 'moru search' lists what you may see, and 'moru login' widens it")
        case 409 where problem.code == "version-aliased":
            let names = problem.fields.map(\.detail)
            let verb = names.count == 1 ? "names" : "name"
            self.init(
                .failed,
                "\(names.joined(separator: ", ")) \(verb) the version; say what instead, with --replace-with VERSION")
        case 404 where problem.code == "version-unknown":
            self.init(.notFound, "\(problem); 'moru version list MODEL' shows those there are")
        case 404, 410:
            self.init(.notFound, "\(problem)")
        case _ where problem.code == "digest-mismatch":
            self.init(.digestMismatch, "\(problem); a file changed while it was sent – push again")
        case 502, 503, 504:
            self.init(.unreachable, "\(problem); try again in a while")
        case 500...:
            let log = problem.instance.isEmpty ? "" : " (request \(problem.instance) in its log)"
            self.init(.failed, "\(problem)\(log); the server's operator can say more")
        default: self.init(.failed, "\(problem)")
        }
    }
}
