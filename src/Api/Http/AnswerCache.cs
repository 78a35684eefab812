using System.Collections.Concurrent;

namespace Argosy.Api.Http;

/// <summary>
/// Answers that many ask for at short intervals (dashboards, health checks, <c>docker ps</c> in a loop), kept as the bytes they went out as.
/// One is used again while nothing has changed, and for a tenth of a second at most: what it says of time ("Up 3 seconds") goes on.
/// </summary>
internal sealed class AnswerCache(TimeProvider time)
{
    private const int Most = 16;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentDictionary<string, Answer> answers = new(StringComparer.Ordinal);

    /// <summary>The kept answer, or a new one.</summary>
    /// <param name="question">All that the answer depends on besides the state: path, query and API version.</param>
    /// <param name="version">The state's, read before the answer is made: a change meanwhile makes it stale at once.</param>
    /// <param name="make">Makes the answer.</param>
    internal async Task<byte[]> GetAsync(string question, long version, Func<Task<byte[]>> make)
    {
        if (answers.TryGetValue(question, out Answer? kept) && kept.Version == version && time.GetElapsedTime(kept.Made) < Lifetime)
            return kept.Body;
        long made = time.GetTimestamp();
        byte[] body = await make();
        if (answers.Count >= Most)
            answers.Clear();
        answers[question] = new Answer(version, made, body);
        return body;
    }

    private sealed record Answer(long Version, long Made, byte[] Body);
}
