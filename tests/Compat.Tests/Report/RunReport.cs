using System.Collections.Concurrent;

namespace Argosy.CompatTests.Report;

/// <summary>What happened in this run of the tests.</summary>
internal static class RunReport
{
    private static readonly ConcurrentQueue<CaseResult> Added = new();

    internal static IReadOnlyCollection<CaseResult> Results => Added;

    internal static void Add(CaseResult result) => Added.Enqueue(result);
}
