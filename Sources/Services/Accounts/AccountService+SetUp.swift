import Storage
import Synchronization

/// The set-up link that a server without users holds out: where it leads, and until when it stands in its file.
struct SetUpOffer {
    let origin: String
    let renewedAt: Int64
}

extension AccountService {
    /// Before the link itself expires, so that the file never holds one that has.
    private static let renewalSeconds: Int64 = 20 * 3600

    /// A new set-up link on the server at `origin` (scheme and authority), which also goes into ``SetUpLinkFile`` and
    /// stays there, renewed in time, until the first user is made; nil when there are users.
    ///
    /// - Throws: `store-full` or `store-unavailable`.
    public func offerSetUp(at origin: String) throws -> String? {
        // Whatever the file holds is void from here on: it is of a server that ended, or about to be replaced.
        endSetUpOffer()
        guard let secret = try issueSetUpLink() else { return nil }
        let link = "\(origin)/setup#\(secret)"
        setUpOffer.withLock { $0 = SetUpOffer(origin: origin, renewedAt: transactions.clock.now) }
        do { try setUpLinkFile.write(link) } catch { transactions.log("cannot keep the set-up link: \(error)") }
        return link
    }

    /// Removes the link's file: the server has a user, or stops.
    public func endSetUpOffer() {
        setUpOffer.withLock { $0 = nil }
        do { try setUpLinkFile.remove() } catch { transactions.log("cannot remove the set-up link: \(error)") }
    }

    /// Replaces the link before it expires; to be called every few seconds.
    func renewSetUpOffer() throws {
        guard let offer = setUpOffer.withLock({ $0 }),
            transactions.clock.now >= offer.renewedAt + Self.renewalSeconds
        else { return }
        if try offerSetUp(at: offer.origin) != nil { transactions.log("a new set-up link is in \(setUpLinkFile.path)") }
    }
}
