using Argosy.Core;

namespace Argosy.Images.Content;

/// <summary>
/// What running operations hold: a blob or a layer under lease is not collected, whether or not a record names it.
/// An operation takes its lease before it looks whether the thing is there, and gives it back after its record is committed.
/// </summary>
public sealed class Leases
{
    private readonly Lock gate = new();
    private readonly Dictionary<Digest, int> held = [];

    /// <summary>A new lease that holds nothing yet; dispose it when the record is committed.</summary>
    public Lease Begin() => new(this);

    /// <summary>Runs the collector's decisions while no lease can be taken; it is told what is held.</summary>
    internal void Exclusively(Action<Predicate<Digest>> collect)
    {
        lock (gate)
            collect(held.ContainsKey);
    }

    /// <summary>True while somebody holds it; by the time the answer is looked at, it may be otherwise.</summary>
    public bool IsHeld(Digest digest)
    {
        lock (gate)
            return held.ContainsKey(digest);
    }

    private void Add(Digest digest)
    {
        lock (gate)
            held[digest] = held.GetValueOrDefault(digest) + 1;
    }

    private void Remove(IEnumerable<Digest> digests)
    {
        lock (gate)
        {
            foreach (Digest digest in digests)
            {
                if (--held[digest] == 0)
                    held.Remove(digest);
            }
        }
    }

    /// <summary>One operation's holdings. Safe to use from several tasks.</summary>
    public sealed class Lease : IDisposable
    {
        private readonly Leases owner;
        private readonly HashSet<Digest> digests = [];

        internal Lease(Leases owner) => this.owner = owner;

        /// <summary>Holds a blob (by its digest) or a layer (by its chain id).</summary>
        public void Add(Digest digest)
        {
            lock (digests)
            {
                if (digests.Add(digest))
                    owner.Add(digest);
            }
        }

        /// <summary>Holds several.</summary>
        public void Add(IEnumerable<Digest> several)
        {
            foreach (Digest digest in several)
                Add(digest);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            lock (digests)
            {
                owner.Remove(digests);
                digests.Clear();
            }
        }
    }
}
