using System.Collections.Concurrent;
using Argosy.Core;

namespace Argosy.Images.Checks;

/// <content>What one run has counted and found.</content>
public sealed partial class StoreCheck
{
    private sealed class Run(CheckOptions options, CancellationToken cancellationToken)
    {
        private readonly ConcurrentQueue<Fault> faults = new();
        private int blobs, layers, compared, images, snapshots;
        private long blobBytes, layerBytes;

        internal CheckOptions Options => options;

        internal CancellationToken CancellationToken => cancellationToken;

        internal ParallelOptions Parallel { get; } = new() { MaxDegreeOfParallelism = Math.Max(2, Environment.ProcessorCount), CancellationToken = cancellationToken };

        /// <summary>As they were found; the repair puts its results in their place.</summary>
        internal IReadOnlyList<Fault> Faults { get => field ?? [.. faults.OrderBy(fault => fault.Kind).ThenBy(fault => fault.Subject, StringComparer.Ordinal)]; set; }

        internal void Add(Fault fault) => faults.Enqueue(fault);

        internal bool IsCorrupt(Digest blob) => faults.Any(fault => fault.Kind == FaultKind.CorruptBlob && fault.Digest == blob);

        internal void CountBlob(long size) => Count(ref blobs, ref blobBytes, size);

        internal void CountLayer(long size) => Count(ref layers, ref layerBytes, size);

        internal void CountCompared(bool isCompared) => Interlocked.Add(ref compared, isCompared ? 1 : 0);

        internal void CountImage() => images++;

        internal void CountSnapshot() => snapshots++;

        internal CheckReport Report(long unreferenced) => new()
        {
            Blobs = blobs,
            BlobBytes = blobBytes,
            Layers = layers,
            ComparedLayers = compared,
            LayerBytes = layerBytes,
            Images = images,
            Snapshots = snapshots,
            UnreferencedBytes = unreferenced,
            Faults = Faults,
        };

        private static void Count(ref int number, ref long bytes, long size)
        {
            Interlocked.Increment(ref number);
            Interlocked.Add(ref bytes, size);
        }
    }
}
